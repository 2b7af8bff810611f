/// The archive entries of one function or layer, sorted by path bytes, each with its reason.
package struct Plan: Sendable {
  package struct Entry: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      case file(FileID)
      /// Made by pare: a re-exporting `main.py`, a `RECORD`.
      case generated([UInt8])
    }

    /// Inside the archive.
    package let path: RelativePath
    package let content: Content
    /// 0755 instead of 0644.
    package let isExecutable: Bool
    /// The node that brings it; nil for what the configuration includes by glob or pare generates.
    package let node: NodeID?
    package let reason: Reason

    package init(
      path: RelativePath, content: Content, isExecutable: Bool, node: NodeID?, reason: Reason
    ) {
      self.path = path
      self.content = content
      self.isExecutable = isExecutable
      self.node = node
      self.reason = reason
    }
  }

  /// Why an entry is in: by which kind of edge its node was reached first, or something that has no
  /// node.
  package enum Reason: Hashable, Sendable {
    case handler
    case edge(EdgeKind)
    /// An `include` glob.
    case included
    /// The provider looks for it there.
    case companion
    case generated
    /// A layer has it, for the functions that attach that.
    case layer

    package var name: String {
      switch self {
      case .handler: "handler"
      case .edge(let kind): kind.name
      case .included: "included"
      case .companion: "companion"
      case .generated: "generated"
      case .layer: "layer"
      }
    }
  }

  /// What its function needs and finds in a layer that it attaches.
  package struct Layered: Hashable, Sendable {
    /// As it would stand in the function's own archive.
    package let entry: Entry
    package let layer: LayerID

    package init(entry: Entry, layer: LayerID) {
      self.entry = entry
      self.layer = layer
    }
  }

  package let product: Product
  package let entries: [Entry]
  /// In the order of their paths.
  package let layered: [Layered]
  package let diagnostics: [Diagnostic]
  /// Files of it that are not even read, since what they make too large is not packed.
  package var refused: Set<FileID> = []

  package init(
    _ product: Product, entries: [Entry], layered: [Layered] = [], diagnostics: [Diagnostic] = []
  ) {
    self.product = product
    self.entries = entries
    self.layered = layered
    self.diagnostics = diagnostics
  }
}

/// One archive: exact sizes, and digests once it is written.
package struct Artifact: Sendable {
  package struct Size: Hashable, Sendable {
    package var unzipped: Int
    /// Without headers: the compressed data alone.
    package var zipped: Int
    package init(unzipped: Int, zipped: Int) {
      self.unzipped = unzipped
      self.zipped = zipped
    }
  }

  package let product: Product
  /// Absolute path of the archive.
  package let path: String
  /// By position in `Plan.entries`.
  package let sizes: [Size]
  /// Of all entries, in bytes.
  package let unzipped: Int
  /// Of the file, in bytes: headers, data, directory and end record.
  package let zipped: Int
  /// Base64 of the file's SHA-256, as AWS Lambda reports `CodeSha256`; nil before it is written.
  package let codeSHA256: String?
  /// Hex SHA-256 over (path, mode, content) of all entries; does not depend on the zlib build.
  package let contentDigest: String
  /// Whether the file on disk was already the same.
  package let wasUnchanged: Bool

  package init(
    _ product: Product, path: String, sizes: [Size], unzipped: Int, zipped: Int,
    codeSHA256: String?, contentDigest: String, wasUnchanged: Bool
  ) {
    self.product = product
    self.path = path
    self.sizes = sizes
    self.unzipped = unzipped
    self.zipped = zipped
    self.codeSHA256 = codeSHA256
    self.contentDigest = contentDigest
    self.wasUnchanged = wasUnchanged
  }
}
