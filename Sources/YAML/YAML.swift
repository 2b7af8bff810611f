package import Model
package import Text

/// YAML 1.1 as libyaml reads it: the first document of a text, every node with its tag and its place.
///
/// Aliases become copies of what they name, and merge keys (`<<`, https://yaml.org/type/merge.html)
/// are merged. Nothing is made of a tag, and nothing is run.
package enum YAML {
  package struct Document: Sendable {
    /// Nil for an empty document.
    package let root: YAMLNode?
    /// Keys that are given twice; the last one is in the tree, as most readers have it.
    package let diagnostics: [Diagnostic]

    package init(root: YAMLNode?, diagnostics: [Diagnostic] = []) {
      self.root = root
      self.diagnostics = diagnostics
    }
  }

  /// Whether the system has libyaml; without it nothing can be read.
  package static var isAvailable: Bool { YAMLParser.isAvailable }

  /// Throws at the first byte that breaks a rule, for an alias without an anchor, for what is nested too
  /// deeply, for aliases that would expand to more nodes than any document has, and where the system
  /// has no libyaml.
  package static func read(_ bytes: [UInt8], path: String) throws(MalformedText) -> Document {
    guard isAvailable else { throw MalformedText(diagnostic: .libyamlMissing(path)) }
    guard bytes.count <= sizeLimit else {
      throw MalformedText(diagnostic: .tooLarge(bytes.count, limit: sizeLimit, path: path))
    }
    let parser = YAMLParser(bytes.withoutByteOrderMark, path: path)
    var composer = YAMLComposer(path: path)
    let root = try composer.document(parser)
    return Document(root: root, diagnostics: composer.diagnostics)
  }

  /// In bytes; CloudFormation takes templates of up to 1 MB.
  static let sizeLimit = 16 << 20
  /// How deep sequences and mappings may be nested: far beyond use, far from the stack's end.
  static let depthLimit = 200
  /// How many nodes aliases may stand for, all of them together.
  static let aliasLimit = 200_000
}

extension [UInt8] {
  var withoutByteOrderMark: [UInt8] {
    starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self
  }
}
