/// Reads zlib streams (RFC 1950, RFC 1951) that hold text, as Cython's string tables do. What is no
/// such stream is given up at the first sign, since the two bytes that begin one are common.
struct Inflater {
  private static let largest = 16 << 20

  private let range: Range<Int>
  private var position: Int
  private var bits: UInt32 = 0
  private var bitCount: UInt32 = 0
  private var output: [UInt8] = []

  private struct Failed: Error {}

  /// The text, and where the stream ends; nil where it is none, or its checksum is wrong.
  static func inflateText(
    _ bytes: borrowing Span<UInt8>, _ range: Range<Int>
  ) -> (text: [UInt8], end: Int)? {
    let header = UInt32(bytes[range.lowerBound]) << 8 | UInt32(bytes[range.lowerBound + 1])
    guard header % 31 == 0 else { return nil }
    var inflater = Inflater(range: range, position: range.lowerBound + 2)
    do {
      try inflater.inflate(bytes)
    } catch {
      return nil
    }
    guard inflater.output.count >= 16, inflater.position + 4 <= range.upperBound else { return nil }
    var expected: UInt32 = 0
    for i in 0..<4 { expected = expected << 8 | UInt32(bytes[inflater.position + i]) }
    guard expected == adler32(inflater.output) else { return nil }
    return (inflater.output, inflater.position + 4)
  }

  /// What a raw deflate stream holds, text or not: as much of it as can be inflated, and is let into
  /// memory.
  static func inflatePrefix(_ bytes: borrowing Span<UInt8>, from start: Int) -> [UInt8] {
    var inflater = Inflater(range: start..<bytes.count, position: start)
    inflater.isText = false
    try? inflater.inflate(bytes)
    return inflater.output
  }

  private var isText = true

  private init(range: Range<Int>, position: Int) {
    self.range = range
    self.position = position
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var a: UInt32 = 1
    var b: UInt32 = 0
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  // MARK: Blocks

  private mutating func inflate(_ bytes: borrowing Span<UInt8>) throws(Failed) {
    while true {
      let isLast = try take(bytes, 1) == 1
      switch try take(bytes, 2) {
      case 0: try copyStored(bytes)
      case 1: try inflateBlock(bytes, Self.fixedLiterals, Self.fixedDistances)
      case 2:
        let (literals, distances) = try readCodes(bytes)
        try inflateBlock(bytes, literals, distances)
      default: throw Failed()
      }
      if isLast { break }
    }
    // Whole bytes that were taken too many.
    position -= Int(bitCount / 8)
    bitCount = 0
  }

  private mutating func take(
    _ bytes: borrowing Span<UInt8>, _ count: UInt32
  ) throws(Failed) -> Int {
    while bitCount < count {
      guard position < range.upperBound else { throw Failed() }
      bits |= UInt32(bytes[position]) << bitCount
      position += 1
      bitCount += 8
    }
    let value = bits & ((1 << count) - 1)
    bits >>= count
    bitCount -= count
    return Int(value)
  }

  private mutating func copyStored(_ bytes: borrowing Span<UInt8>) throws(Failed) {
    position -= Int(bitCount / 8)
    bits = 0
    bitCount = 0
    let length = try take(bytes, 16)
    let complement = try take(bytes, 16)
    guard length ^ 0xFFFF == complement, position + length <= range.upperBound else {
      throw Failed()
    }
    for i in position..<position + length { try append(bytes[i]) }
    position += length
  }

  /// Anything but text ends the attempt.
  private mutating func append(_ byte: UInt8) throws(Failed) {
    if isText, output.count < 64, byte < 0x20, byte != 0x0A, byte != 0x09, byte != 0 {
      throw Failed()
    }
    guard output.count < Self.largest else { throw Failed() }
    output.append(byte)
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits: [UInt32] = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let distanceBits: [UInt32] = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13,
  ]

  private mutating func inflateBlock(
    _ bytes: borrowing Span<UInt8>, _ literals: Code, _ distances: Code
  ) throws(Failed) {
    while true {
      let symbol = try read(bytes, literals)
      if symbol < 256 {
        try append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol - 257 < Self.lengthBases.count else { throw Failed() }
      let length =
        Self.lengthBases[symbol - 257] + (try take(bytes, Self.lengthBits[symbol - 257]))
      let code = try read(bytes, distances)
      guard code < Self.distanceBases.count else { throw Failed() }
      let distance = Self.distanceBases[code] + (try take(bytes, Self.distanceBits[code]))
      guard distance <= output.count else { throw Failed() }
      for _ in 0..<length { try append(output[output.count - distance]) }
    }
  }

  // MARK: Codes

  /// A canonical Huffman code: how many symbols have each length, and the symbols in order.
  private struct Code {
    var counts: [Int]
    var symbols: [Int]

    init?(_ lengths: some Collection<Int>) {
      counts = Array(repeating: 0, count: 16)
      for length in lengths { counts[length] += 1 }
      var left = 1
      for length in 1...15 {
        left = left * 2 - counts[length]
        if left < 0 { return nil }
      }
      var offsets = Array(repeating: 0, count: 16)
      for length in 1..<15 { offsets[length + 1] = offsets[length] + counts[length] }
      symbols = Array(repeating: 0, count: lengths.count)
      for (symbol, length) in lengths.enumerated() where length > 0 {
        symbols[offsets[length]] = symbol
        offsets[length] += 1
      }
      counts[0] = 0
    }

    static let empty = Code(counts: Array(repeating: 0, count: 16), symbols: [])

    private init(counts: [Int], symbols: [Int]) {
      self.counts = counts
      self.symbols = symbols
    }
  }

  private static let fixedLiterals =
    Code(
      Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
        + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8)) ?? .empty
  private static let fixedDistances = Code(Array(repeating: 5, count: 30)) ?? .empty

  private mutating func read(
    _ bytes: borrowing Span<UInt8>, _ code: Code
  ) throws(Failed) -> Int {
    var value = 0
    var first = 0
    var index = 0
    for length in 1...15 {
      value |= try take(bytes, 1)
      let count = code.counts[length]
      if value - count < first { return code.symbols[index + (value - first)] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw Failed()
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private mutating func readCodes(
    _ bytes: borrowing Span<UInt8>
  ) throws(Failed) -> (Code, Code) {
    let literalCount = try take(bytes, 5) + 257
    let distanceCount = try take(bytes, 5) + 1
    let codeCount = try take(bytes, 4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw Failed() }
    var lengths = Array(repeating: 0, count: 19)
    for i in 0..<codeCount { lengths[Self.order[i]] = try take(bytes, 3) }
    guard let code = Code(lengths) else { throw Failed() }
    var all: [Int] = []
    while all.count < literalCount + distanceCount {
      let symbol = try read(bytes, code)
      switch symbol {
      case 0..<16: all.append(symbol)
      case 16:
        guard let last = all.last else { throw Failed() }
        all += Array(repeating: last, count: 3 + (try take(bytes, 2)))
      case 17: all += Array(repeating: 0, count: 3 + (try take(bytes, 3)))
      default: all += Array(repeating: 0, count: 11 + (try take(bytes, 7)))
      }
    }
    guard all.count == literalCount + distanceCount, all[256] > 0,
      let literals = Code(all[..<literalCount]), let distances = Code(all[literalCount...])
    else { throw Failed() }
    return (literals, distances)
  }
}
