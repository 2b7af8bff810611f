import Model

// Every sentence about YAML.

extension Diagnostic {
  static func libyamlMissing(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "libyaml-missing", "'\(path)' cannot be read: this system has no libyaml",
      at: SourceLocation(path: path),
      notes: [.hint("install it: 'apt-get install libyaml-0-2', or 'brew install libyaml'")])
  }

  static func brokenYAML(
    _ problem: String, context: String?, isTab: Bool, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "invalid-yaml", (context.map { "\($0), " } ?? "") + problem, at: location,
      notes: isTab ? [.hint("YAML is indented with blanks; a tab may not begin anything")] : [])
  }

  static func tooLarge(_ bytes: Int, limit: Int, path: String) -> Diagnostic {
    Diagnostic(
      .error, "yaml-too-large", "the file has \(bytes) bytes, more than \(limit)",
      at: SourceLocation(path: path))
  }

  static func tooDeep(_ limit: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "yaml-too-deep", "nested more than \(limit) levels deep", at: location)
  }

  static func tooManyAliases(_ limit: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "yaml-alias-bomb", "the aliases up to here stand for more than \(limit) nodes",
      at: location)
  }

  static func unknownAnchor(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "unknown-anchor", "the alias '*\(name)' names no anchor before it", at: location,
      notes: [.hint("an anchor is written '&\(name)', and is not there inside of what it names")])
  }

  static func keyIsNoText(at location: SourceLocation) -> Diagnostic {
    Diagnostic(.error, "key-is-no-text", "a key must be text", at: location)
  }

  static func duplicateKey(
    _ key: String, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "duplicate-key", "'\(key)' is given twice; the last one is taken", at: location,
      notes: [Note("the first is here", at: first), .hint("take one of them out")])
  }
}
