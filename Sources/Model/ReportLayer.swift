extension Report {
  /// A layer that was made beside the functions that attach it.
  package struct Layer: Sendable {
    package struct Entry: Sendable {
      /// Inside the archive.
      package let path: RelativePath
      package let unzipped: Int
      /// Compressed data, without headers.
      package let zipped: Int
      /// Display name.
      package let distribution: String

      package init(path: RelativePath, unzipped: Int, zipped: Int, distribution: String) {
        self.path = path
        self.unzipped = unzipped
        self.zipped = zipped
        self.distribution = distribution
      }
    }

    /// What it has of one distribution.
    package struct Share: Sendable {
      package let name: String
      package let version: String
      package let unzipped: Int
      package let zipped: Int

      package init(name: String, version: String, unzipped: Int, zipped: Int) {
        self.name = name
        self.version = version
        self.unzipped = unzipped
        self.zipped = zipped
      }
    }

    package let name: String
    package let runtime: Runtime
    package let architecture: Architecture
    package let origin: SourceLocation
    /// Relative to the project's folder where it lies inside, else absolute.
    package let archive: String
    package let unzipped: Int
    package let zipped: Int
    package let codeSHA256: String?
    package let contentDigest: String
    package let wasUnchanged: Bool
    /// Who attaches it, by name.
    package let functions: [String]
    /// Largest first.
    package let distributions: [Share]
    package let entries: [Entry]

    package init(
      name: String, runtime: Runtime, architecture: Architecture, origin: SourceLocation,
      archive: String, unzipped: Int, zipped: Int, codeSHA256: String?, contentDigest: String,
      wasUnchanged: Bool, functions: [String], distributions: [Share], entries: [Entry]
    ) {
      self.name = name
      self.runtime = runtime
      self.architecture = architecture
      self.origin = origin
      self.archive = archive
      self.unzipped = unzipped
      self.zipped = zipped
      self.codeSHA256 = codeSHA256
      self.contentDigest = contentDigest
      self.wasUnchanged = wasUnchanged
      self.functions = functions
      self.distributions = distributions
      self.entries = entries
    }
  }

  /// A layer as one function has it.
  package struct AttachedLayer: Sendable {
    package let name: String
    /// All of it.
    package let unzipped: Int
    /// What the function would ship without it.
    package let used: Int

    package init(name: String, unzipped: Int, used: Int) {
      self.name = name
      self.unzipped = unzipped
      self.used = used
    }
  }
}
