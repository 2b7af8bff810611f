import Model

/// The strings of a file that were told of already.
struct LiteralSet {
  private var seen: Set<[UInt8]> = []

  mutating func insert(_ text: [UInt8]) -> Bool { seen.insert(text).inserted }
}
