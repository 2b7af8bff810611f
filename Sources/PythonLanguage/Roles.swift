import Model

/// What a file's name says about it.
enum Roles {
  static func role(of path: RelativePath) -> FileRole {
    // Asked of every file of an environment, several times: an array's bytes are the fastest to ask.
    let bytes = Array(path.string.utf8)
    if isMetadataFile(bytes) { return .metadata }
    let start = bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0
    let name = bytes[start...]
    let folder = bytes[..<max(0, start - 1)]
    if folder.last == UInt8(ascii: "_"), folder.hasSuffix("__pycache__"),
      folder.count == 11 || folder[folder.count - 12] == slash
    {
      return .discarded
    }
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return .data }
    let suffix = name[dot...]
    if suffix.count == 3, suffix.last == UInt8(ascii: "y"), suffix[dot + 1] == UInt8(ascii: "p") {
      return .source
    }
    if isNative(Array(name)) { return .native }
    return discarded.contains(where: { suffix.elementsEqual($0) }) ? .discarded : .data
  }

  /// Compiled code that the interpreter would take from the source all the same, and what is only read
  /// by compilers. `.pyi` is data: some packages read their own stubs (see `Marks.readsStubs`).
  private static let discarded = [
    ".pyc", ".pyo", ".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".pyx", ".pxd", ".pxi", ".a",
    ".o", ".lib", ".f", ".f90", ".whl",
  ].map { Array($0.utf8) }

  private static let slash = UInt8(ascii: "/")

  /// `*.so`, `*.so.1.2`, `*.pyd`, `*.dylib`, `*.dll`
  static func isNative(_ name: [UInt8]) -> Bool {
    for suffix in [".so", ".pyd", ".dylib", ".dll"] where name.hasSuffix(suffix) { return true }
    // `libfoo.so.1.2`, `libssl-81259c47.so.1.1.1k`: a version behind `.so.` begins with a digit.
    var position = 0
    let mark = Array(".so.".utf8)
    while position + mark.count < name.count {
      if name[position...].starts(with: mark), (48...57).contains(name[position + mark.count]) {
        return name[(position + mark.count)...].allSatisfy { byte in
          (48...57).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: ".")
        }
      }
      position += 1
    }
    return false
  }

  private static func isMetadataFile(_ path: [UInt8]) -> Bool {
    guard let end = path.firstIndex(of: slash) else {
      return path.hasSuffix(".pth") || path.hasSuffix(".egg-link") || path.hasSuffix(".egg-info")
        || (path.hasPrefix("__editable__") && path.hasSuffix("_finder.py"))
    }
    // Only at the root: metadata further down belongs to vendored code, and is its data.
    let head = path[..<end]
    return head.last == UInt8(ascii: "o")
      && (head.hasSuffix(".dist-info") || head.hasSuffix(".egg-info"))
  }

  /// PEP 427: a wheel's `NAME-VERSION.data/purelib` and `platlib` are spread into `site-packages`;
  /// its `scripts` and `headers` go elsewhere. Its `data` (`share/jupyter/…`) goes below the
  /// interpreter's prefix, which a function has no part of: it is taken to where `pip install --target`
  /// has it, beside the packages, all but a `lib`.
  static func installedPath(ofMember path: RelativePath) -> RelativePath? {
    // Asked of every member of every wheel: most are ruled out by one byte.
    guard let slash = path.string.utf8.firstIndex(of: UInt8(ascii: "/")),
      path.string.utf8[..<slash].last == UInt8(ascii: "a")
    else { return path }
    let parts = path.string.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2)
    guard parts.count >= 2, Array(parts[0]).hasSuffix(".data"), parts[0].contains(UInt8(ascii: "-"))
    else { return path }
    guard parts.count == 3 else { return nil }
    let scheme = String(decoding: parts[1], as: UTF8.self)
    let rest = String(decoding: parts[2], as: UTF8.self)
    switch scheme {
    case "purelib", "platlib": return RelativePath(rest)
    case "data": return rest.hasPrefix("lib/") ? nil : RelativePath(rest)
    default: return nil
    }
  }

  /// A path as `RECORD` has it. `pip install --target` installs into a `lib/python` first and writes
  /// that down: `../../share/jupyter/x` then lies in the target's own `share`. In a virtual environment
  /// the same is three levels up, and outside.
  static func installedPath(ofRecorded path: String) -> RelativePath? {
    let up = "../../"
    if path.utf8.first == UInt8(ascii: "."), path.utf8.starts(with: up.utf8) {
      return RelativePath(checking: String(path.dropFirst(up.count)))
    }
    return RelativePath(checking: path).flatMap(installedPath(ofMember:))
  }
}

extension Array where Element == UInt8 {
  func hasSuffix(_ suffix: String) -> Bool { self[...].hasSuffix(suffix) }
  func hasPrefix(_ prefix: String) -> Bool { starts(with: prefix.utf8) }
}

extension ArraySlice where Element == UInt8 {
  func hasSuffix(_ suffix: String) -> Bool {
    count >= suffix.utf8.count && self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
