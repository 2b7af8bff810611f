/// What a programming language knows. Conformers are pure: they are given bytes and values, never
/// something to open.
package protocol Language: Sendable {
  /// Lower case, as runtimes spell it: `python` of `python3.12`.
  var name: String { get }

  /// What a path below a source root or environment is to this language.
  func role(of path: RelativePath) -> FileRole

  /// Where a wheel's member lies once it is installed: `x-1.data/purelib/a.py` is `a.py`; nil for
  /// members that are not installed below `site-packages` (scripts, headers).
  func installedPath(ofMember path: RelativePath) -> RelativePath?

  /// The same of a path as a list of installed files has it; nil for what lies outside the root.
  func installedPath(ofRecorded path: String) -> RelativePath?

  /// Reads the metadata of environments: the files for which `role(of:)` is `.metadata`.
  func distributions(in metadata: [MetadataFile]) -> EnvironmentFacts

  /// What a source or native file asks for. `path` helps where the name matters (`__init__.py`).
  func scan(_ bytes: Span<UInt8>, path: RelativePath, role: FileRole) -> SourceFacts

  /// Names of the libraries that a native file is linked against; none for what is no such file.
  func libraries(linkedTo bytes: Span<UInt8>) -> [String]

  /// One thing alone about a source file; `question` is not `everything`.
  func scan(
    _ bytes: Span<UInt8>, path: RelativePath, for question: ScanRequest.Question
  ) -> SourceFacts

  func makeResolver(for target: TargetID, in workspace: Workspace) -> any Resolver

  /// Whether every function of that runtime has a module without shipping it: its standard library.
  func comes(_ module: String, with runtime: Runtime) -> Bool

  /// Whether a file of the team's own is named as secrets are, so that no pattern brings it that does
  /// not name it.
  func holdsSecrets(_ name: String) -> Bool

  /// What a distribution's metadata file says of its licence; nil where it says nothing.
  func licence(in metadata: [UInt8]) -> Licence?

  /// The import statement that begins on a line, where it can be edited alone.
  func importStatement(atLine line: Int, in bytes: [UInt8]) -> ImportStatement?

  /// For each line that uses one of `names`, other than `lines`: the top-level definition that it is
  /// in, nil for none.
  func uses(
    of names: [String], in bytes: [UInt8], skipping lines: ClosedRange<Int>
  ) -> [String?]

  /// The lines of a file's list of what it exports that have one of `names`, without them; nil where
  /// nothing is left of a line.
  func exports(
    without names: [String], in bytes: [UInt8]
  ) -> [(line: Int, after: String?)]

  /// The statement that imports `names`.
  func line(importing names: [ImportStatement.Name], from module: String?) -> String

  /// An import statement, by its lines, that takes names from `module` that it has taken from elsewhere so
  /// far, with everything else as it is written; nil where that cannot be done.
  ///
  /// - Parameter moved: by the name that is imported, its name in `module`.
  func lines(
    of statement: ClosedRange<Int>, in bytes: [UInt8], moving moved: [String: String],
    to module: String
  ) -> [String]?

  /// The first line that does more than define names when the file is imported; nil where none does.
  func firstEffect(in bytes: [UInt8]) -> Int?

  /// The file without its comments, but for those that speak to pare, line by line as it was.
  func withoutComments(_ bytes: [UInt8]) -> [UInt8]

  /// What is read of a name that an import binds, from its first attribute on: `Timestamp` and `now` of
  /// `pd.Timestamp.now()`; nil where the name is used in any other way, so that all may be.
  ///
  /// - Parameter lines: the import statements, which are no use.
  func members(
    of name: String, in bytes: [UInt8], skipping lines: [ClosedRange<Int>]
  ) -> [[String]]?

  /// What does nothing, where a block must not be empty.
  var emptyStatement: String { get }
}

extension Language {
  package func installedPath(ofRecorded path: String) -> RelativePath? {
    RelativePath(checking: path).flatMap(installedPath(ofMember:))
  }

  package func comes(_ module: String, with runtime: Runtime) -> Bool { false }

  package func holdsSecrets(_ name: String) -> Bool { false }

  package func licence(in metadata: [UInt8]) -> Licence? { nil }

  package func importStatement(atLine line: Int, in bytes: [UInt8]) -> ImportStatement? { nil }

  package func uses(
    of names: [String], in bytes: [UInt8], skipping lines: ClosedRange<Int>
  ) -> [String?] {
    []
  }

  package func exports(
    without names: [String], in bytes: [UInt8]
  ) -> [(line: Int, after: String?)] {
    []
  }

  package func line(importing names: [ImportStatement.Name], from module: String?) -> String { "" }

  package func lines(
    of statement: ClosedRange<Int>, in bytes: [UInt8], moving moved: [String: String],
    to module: String
  ) -> [String]? {
    nil
  }

  package func libraries(linkedTo bytes: Span<UInt8>) -> [String] { [] }

  package func firstEffect(in bytes: [UInt8]) -> Int? { nil }

  package func withoutComments(_ bytes: [UInt8]) -> [UInt8] { bytes }

  package func members(
    of name: String, in bytes: [UInt8], skipping lines: [ClosedRange<Int>]
  ) -> [[String]]? {
    nil
  }

  package var emptyStatement: String { "" }

  package func scan(
    _ bytes: Span<UInt8>, path: RelativePath, for question: ScanRequest.Question
  ) -> SourceFacts {
    SourceFacts()
  }
}

package enum FileRole: UInt8, Sendable {
  /// Scanned and importable: `*.py`.
  case source
  /// Scanned: `*.so`, `*.so.1`, `*.pyd`, `*.dylib`.
  case native
  /// Says what a distribution is: `*.dist-info/*`, `*.egg-info`, `*.pth`, `*.egg-link`.
  case metadata
  /// Never shipped: `__pycache__`, `*.pyc`, C sources and headers.
  case discarded
  /// Shipped with the package that it lies in.
  case data
}

/// One metadata file of an environment, read.
package struct MetadataFile: Sendable {
  package let root: RootID
  /// Absolute path of the root.
  package let location: String
  package let path: RelativePath
  package let bytes: [UInt8]

  package init(root: RootID, location: String, path: RelativePath, bytes: [UInt8]) {
    self.root = root
    self.location = location
    self.path = path
    self.bytes = bytes
  }
}

/// What the metadata of environments says.
package struct EnvironmentFacts: Sendable {
  /// A distribution before file ids exist.
  package struct Found: Sendable {
    package let name: String
    package let displayName: String
    package let version: String
    package let root: RootID
    package let metadataFolder: String
    /// Names below the metadata folder that an archive keeps.
    package let metadataNames: [String]
    /// Paths below the root that it owns, from `RECORD` or `installed-files.txt`; nil where it has
    /// neither: then it owns what lies below its top-level names.
    package let owns: [RelativePath]?
    package let topLevel: [String]
    package let requires: [String]
    package let requirements: [Distribution.Requirement]
    package let entryPoints: [Distribution.EntryPoint]
    /// That can be asked for, normalised (PEP 685), sorted.
    package let extras: [String]
    /// Whether it was installed because somebody asked for it by its name (`REQUESTED`, PEP 376).
    package let isRequested: Bool
    /// Wheel tags, as `WHEEL` lists them (`cp312-cp312-manylinux_2_17_x86_64`); empty without one.
    package let tags: [String]

    package init(
      name: String, displayName: String, version: String, root: RootID, metadataFolder: String,
      metadataNames: [String], owns: [RelativePath]?, topLevel: [String], requires: [String],
      requirements: [Distribution.Requirement] = [], entryPoints: [Distribution.EntryPoint],
      extras: [String] = [], isRequested: Bool = false,
      tags: [String]
    ) {
      self.name = name
      self.displayName = displayName
      self.version = version
      self.root = root
      self.metadataFolder = metadataFolder
      self.metadataNames = metadataNames
      self.owns = owns
      self.topLevel = topLevel
      self.requires = requires
      self.requirements = requirements
      self.entryPoints = entryPoints
      self.extras = extras
      self.isRequested = isRequested
      self.tags = tags
    }
  }

  /// Sorted by root, then name.
  package let distributions: [Found]
  /// Folders that `.pth` lines and editable installs add to the path, absolute or relative to the
  /// root, in order, each with the root that named it.
  package let addedRoots: [(root: RootID, folder: String)]
  package let diagnostics: [Diagnostic]

  package init(
    distributions: [Found], addedRoots: [(root: RootID, folder: String)], diagnostics: [Diagnostic]
  ) {
    self.distributions = distributions
    self.addedRoots = addedRoots
    self.diagnostics = diagnostics
  }
}

/// Turns what files ask for into nodes and edges: the spine scans the frontier (in parallel), and
/// hands the facts back one by one, in the order in which the files were asked for.
package protocol Resolver: Sendable {
  /// Starts at a function's handler; a handler that does not exist becomes a diagnostic.
  mutating func enter(_ function: FunctionID)

  /// The files to scan of nodes that were added since the last call. The spine asks after each `add`;
  /// where it has handed back all facts and gets nothing, everything is known.
  mutating func takeFrontier() -> [ScanRequest]

  mutating func add(_ facts: SourceFacts, of node: NodeID)

  /// Once nothing is left to scan: what is to be decided by what all functions have declared.
  ///
  /// - Parameter isEveryoneIn: whether every function of the target has been entered.
  mutating func conclude(isEveryoneIn: Bool) -> Conclusion

  /// Sorts and numbers the nodes; the resolver is not used afterwards.
  mutating func finish() -> ModuleGraph
}

extension Resolver {
  package mutating func conclude(isEveryoneIn: Bool) -> Conclusion { .finished }
}

/// What a resolver says when nothing is left to scan.
package enum Conclusion: Sendable {
  case finished
  /// What some function ships depends on what the others of its target declare: they are to be entered,
  /// whether they are asked for or not.
  case needsEveryone
  /// There is more to scan.
  case more([ScanRequest])
}

package struct ScanRequest: Hashable, Sendable {
  /// An id of the resolver's own, good until `finish`.
  package let node: NodeID
  package let file: FileID
  package let role: FileRole
  package let question: Question

  /// What a file is read for.
  package enum Question: Hashable, Sendable {
    case everything
    /// How it calls these: requests of the forms `argument` and `openArgument`.
    case calls([Callee])
    /// `SourceFacts.definitions`
    case definitions
  }

  package init(
    node: NodeID, file: FileID, role: FileRole, question: Question = .everything
  ) {
    self.node = node
    self.file = file
    self.role = role
    self.question = question
  }
}

/// A function or method of which one argument matters, wherever it is called
/// (`client(service_name, …)`), or a module's constant that is such an argument.
package struct Callee: Hashable, Sendable {
  package enum Form: UInt8, Sendable {
    /// A rule tells of it.
    case ruled
    /// A function of the team's own that hands a parameter on. It counts, too, where it is handed on
    /// itself without being called (`map(make, names)`).
    case found
    /// `SERVICE = "s3"`: what a module assigns to that name.
    case constant
  }

  package let form: Form
  /// The last part of what is called: `client` of `session.client(…)`.
  package let name: String
  /// Of the argument among the positional ones, from 0; nil where it is given by name only.
  package let position: Int?
  package let keyword: String

  package init(_ form: Form, name: String, position: Int? = nil, keyword: String = "") {
    self.form = form
    self.name = name
    self.position = position
    self.keyword = keyword
  }
}
