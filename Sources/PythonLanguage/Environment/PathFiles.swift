import Model

/// What `.pth` files, `.egg-link` files and editable installs add to `sys.path`. Their code is read
/// as text, never executed.
enum PathFiles {
  /// The folders that a `.pth` file's lines name, as `site.addpackage` takes them: one path per line,
  /// `#` comments, and lines that begin with `import` are code and name none.
  static func folders(inPath bytes: [UInt8]) -> [String] {
    MetadataText.lines(bytes).map { MetadataText.trim($0) }.filter {
      !$0.isEmpty && !$0.hasPrefix("#") && !$0.hasPrefix("import ") && !$0.hasPrefix("import\t")
    }
  }

  /// An `.egg-link` names its folder in the first line; the second is relative to it.
  static func folder(inLink bytes: [UInt8]) -> String? {
    MetadataText.lines(bytes).map { MetadataText.trim($0) }.first { !$0.isEmpty }
  }

  /// The folders that setuptools' editable finder serves:
  ///
  ///     MAPPING: dict[str, str] = {'shop': '/repo/packages/shop/src/shop'}
  ///     NAMESPACES: dict[str, list[str]] = {'acme': ['/repo/src/acme']}
  ///
  /// A module is named by its own folder or file (without `.py`), so what stands on the path is the
  /// folder above, as many levels up as the name has components.
  static func folders(inFinder bytes: [UInt8]) -> [String] {
    var folders: [String] = []
    for line in MetadataText.lines(bytes)
    where line.hasPrefix("MAPPING") || line.hasPrefix("NAMESPACES") {
      guard let brace = line.firstIndex(of: "{") else { continue }
      var key: String?
      var inList = false
      for token in tokens(line[brace...]) {
        switch token {
        case .mark("["): inList = true
        case .mark("]"):
          inList = false
          key = nil
        case .text(let text):
          guard let module = key else {
            key = text
            continue
          }
          if let folder = parent(of: text, levels: module.split(separator: ".").count) {
            if !folders.contains(folder) { folders.append(folder) }
          }
          if !inList { key = nil }
        case .mark: break
        }
      }
    }
    return folders
  }

  private static func parent(of path: String, levels: Int) -> String? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > levels else { return nil }
    parts.removeLast(levels)
    return parts.joined(separator: "/")
  }

  private enum Token { case text(String), mark(Character) }

  private static func tokens(_ line: Substring) -> [Token] {
    var tokens: [Token] = []
    var rest = line
    while let first = rest.first {
      rest.removeFirst()
      guard first == "'" || first == "\"" else {
        if "[]{}:,".contains(first) { tokens.append(.mark(first)) }
        continue
      }
      var text = ""
      while let next = rest.first, next != first {
        rest.removeFirst()
        if next == "\\", let escaped = rest.first {
          rest.removeFirst()
          text.append(escaped)
        } else {
          text.append(next)
        }
      }
      if !rest.isEmpty { rest.removeFirst() }
      tokens.append(.text(text))
    }
    return tokens
  }
}
