extension FileSystem {
  /// How a path is written in a folder; both absolute. Links are taken at their word.
  package static func relative(_ path: String, to folder: String) -> String {
    let parts = path.split(separator: "/")
    let base = folder.split(separator: "/")
    let shared = zip(parts, base).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: base.count - shared)
    let whole = up + parts.dropFirst(shared).map(String.init)
    return whole.isEmpty ? "." : whole.joined(separator: "/")
  }
}
