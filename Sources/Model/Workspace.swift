/// What `discover` found: functions, and every root, file and distribution that they could use.
package struct Workspace: Sendable {
  /// Absolute path of the project's folder.
  package let project: String
  package let functions: Table<Function>
  /// Those that functions attach, in the order of their names.
  package let layers: Table<Layer>
  package let targets: Table<Target>
  package let roots: Table<Root>
  /// Sorted by root, then by path bytes.
  package let files: Table<File>
  package let distributions: Table<Distribution>
  /// By position in `targets`.
  package let requirements: [RequirementGraph]
  package let wheels: Table<Wheel>
  /// In the order of their files.
  package let contests: [Contest]
  /// The team's own that are named like secrets and are none, since all that they hold is public.
  package let publicKeys: Set<FileID>
  /// The file of recorded settings, as messages show it; nil where there is none.
  package let recordedFile: String?
  /// Where the configuration's table begins; nil where there is no configuration.
  package let configuration: SourceLocation?
  package let diagnostics: [Diagnostic]

  package init(
    project: String, functions: Table<Function>, layers: Table<Layer> = Table(),
    targets: Table<Target>, roots: Table<Root>,
    files: Table<File>, distributions: Table<Distribution>,
    requirements: [RequirementGraph] = [], wheels: Table<Wheel>, contests: [Contest] = [],
    publicKeys: Set<FileID> = [],
    recordedFile: String? = nil, configuration: SourceLocation? = nil, diagnostics: [Diagnostic]
  ) {
    self.project = project
    self.functions = functions
    self.layers = layers
    self.targets = targets
    self.roots = roots
    self.files = files
    self.distributions = distributions
    self.requirements = requirements
    self.wheels = wheels
    self.contests = contests
    self.publicKeys = publicKeys
    self.recordedFile = recordedFile
    self.configuration = configuration
    self.diagnostics = diagnostics
  }
}

/// A folder that stands on `sys.path` when the function runs.
package struct Root: Sendable {
  package enum Kind: Hashable, Sendable {
    /// The team's own code.
    case source
    /// An installed folder: a venv's `site-packages`, or what `pip install --target` filled.
    case installed
    /// A folder of wheels, seen as the `site-packages` that installing all of them would give.
    case wheels
    /// The project's folder as far as functions name files in it that lie below none of their roots;
    /// on nobody's path.
    case project
  }

  package let kind: Kind
  /// Absolute path.
  package let location: String
  /// The positions of its files in `Workspace.files`.
  package let files: Range<Int>

  package init(kind: Kind, location: String, files: Range<Int>) {
    self.kind = kind
    self.location = location
    self.files = files
  }

  package var isFirstParty: Bool { kind == .source || kind == .project }
}

/// One file that could be shipped. Its bytes lie on disk at `root.location/path`, or in a wheel.
package struct File: Hashable, Sendable {
  package enum Storage: Hashable, Sendable {
    case disk
    /// Position of the member in the wheel's central directory.
    case member(WheelID, Int32)
  }

  package let root: RootID
  /// Where it lies below its root once installed (a wheel's `x.data/purelib/` is taken off).
  package let path: RelativePath
  package let storage: Storage
  /// Who owns it, as `RECORD` or the wheel says; nil in source roots and for stray files.
  package let distribution: DistributionID?

  package init(
    root: RootID, path: RelativePath, storage: Storage, distribution: DistributionID?
  ) {
    self.root = root
    self.path = path
    self.storage = storage
    self.distribution = distribution
  }
}

/// A wheel that is read in place.
package struct Wheel: Hashable, Sendable {
  /// Absolute path.
  package let path: String
  /// What a lock or requirements file allows its SHA-256 to be, in hexadecimal digits; empty where
  /// nothing says.
  package let allowedHashes: Set<String>

  package init(path: String, allowedHashes: Set<String> = []) {
    self.path = path
    self.allowedHashes = allowedHashes
  }
}

/// A path of an environment that several distributions own, each with content of its own.
package struct Contest: Hashable, Sendable {
  /// The one that is there or, of several wheels', the one that is taken.
  package let file: FileID
  /// Of the distributions, as their metadata spells them.
  package let owners: [String]
  /// Whose content the file has; nil where it is nobody's.
  package let winner: String?

  package init(file: FileID, owners: [String], winner: String?) {
    self.file = file
    self.owners = owners
    self.winner = winner
  }
}

/// What PyPI ships: a name, a version, files.
package struct Distribution: Hashable, Sendable {
  package struct EntryPoint: Hashable, Sendable {
    package let group: String
    package let name: String
    /// `package.module` or `package.module:attribute`, as written.
    package let value: String
    package init(group: String, name: String, value: String) {
      self.group = group
      self.name = name
      self.value = value
    }
  }

  /// One `Requires-Dist`: `PySocks>=1.5.6; extra == "socks"`.
  package struct Requirement: Hashable, Sendable {
    /// Normalised as PEP 503 says.
    package let name: String
    /// Extras that it asks for, normalised (PEP 685), sorted.
    package let extras: [String]
    /// What stands behind the semicolon (PEP 508); nil where nothing does.
    package let marker: String?
    package init(name: String, extras: [String] = [], marker: String?) {
      self.name = name
      self.extras = extras
      self.marker = marker
    }
  }

  /// Normalised as PEP 503 says: lower case, runs of `-`, `_`, `.` become one `-`.
  package let name: String
  /// As its metadata spells it.
  package let displayName: String
  package let version: String
  package let root: RootID
  /// The folder of its metadata below the root: `requests-2.32.3.dist-info`.
  package let metadataFolder: String
  /// The metadata files that an archive keeps: `METADATA`, `entry_points.txt`, `RECORD`…
  package let metadataFiles: [FileID]
  /// Normalised names of what it requires, markers and extras taken off, sorted, each once.
  package let requires: [String]
  /// The same one by one, as its metadata says it.
  package let requirements: [Requirement]
  package let entryPoints: [EntryPoint]
  /// That can be asked for, normalised (PEP 685), sorted.
  package let extras: [String]
  /// Whether it was installed because somebody asked for it by its name (`REQUESTED`, PEP 376).
  package let isRequested: Bool
  /// Wheel tags (PEP 425) that it was built for, as its metadata lists them; empty where it does not.
  package let tags: [String]

  package init(
    name: String, displayName: String, version: String, root: RootID, metadataFolder: String,
    metadataFiles: [FileID], requires: [String], requirements: [Requirement] = [],
    entryPoints: [EntryPoint], extras: [String] = [], isRequested: Bool = false,
    tags: [String] = []
  ) {
    self.name = name
    self.displayName = displayName
    self.version = version
    self.root = root
    self.metadataFolder = metadataFolder
    self.metadataFiles = metadataFiles
    self.requires = requires
    self.requirements = requirements
    self.entryPoints = entryPoints
    self.extras = extras
    self.isRequested = isRequested
    self.tags = tags
  }
}
