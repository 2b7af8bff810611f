/// What one file asks for, as flat arrays: the bytes of all names, and the requests that point into
/// them. It depends on the file's bytes alone, not on the target or on who wants it, so that it can
/// be shared by all functions and kept between runs.
package struct SourceFacts: Sendable, Equatable {
  /// UTF-8. Every `TextRange` points here.
  package var text: [UInt8] = []
  /// In the order of the source.
  package var requests: [Request] = []
  /// `b` and `c` of `from a import b, c`; a request owns a range of it.
  package var members: [TextRange] = []
  /// Conditions of branches that a target may decide; a request refers to one by position.
  package var guards: [Guard] = []
  /// For a module with a `__getattr__` (PEP 562): what it gives, and what that brings. Nil for all
  /// other files.
  package var exports: Exports?
  /// Functions to which the module gives something when it is executed: `register` of
  /// `@register("zstd")` and of `codecs.register(find)`; each once.
  package var registrars: [TextRange] = []
  /// Classes of the module whose names look like nothing else: `RedisCache`.
  package var classes: [TextRange] = []
  /// Only where a file was read for it (`ScanRequest.Question`).
  package var definitions: Definitions?
  package var marks: Marks = []
  package var problems: [Problem] = []
  /// For native code: what it was built for.
  package var binary: Binary?

  package init() {}

  package func string(_ range: TextRange) -> String {
    String(decoding: text[range.start..<range.end], as: UTF8.self)
  }

  package func bytes(_ range: TextRange) -> ArraySlice<UInt8> { text[range.start..<range.end] }

  /// Appends a name and says where it lies.
  package mutating func intern(_ bytes: some Collection<UInt8>) -> TextRange {
    let start = text.count
    text.append(contentsOf: bytes)
    return TextRange(start: start, count: text.count - start)
  }
}

package struct TextRange: Hashable, Sendable {
  private let offset: UInt32
  private let length: UInt32

  package init(start: Int, count: Int) {
    offset = UInt32(start)
    length = UInt32(count)
  }

  package static let empty = TextRange(start: 0, count: 0)
  package var start: Int { Int(offset) }
  package var count: Int { Int(length) }
  package var end: Int { Int(offset) + Int(length) }
  package var isEmpty: Bool { length == 0 }
}

/// One thing that a file asks for, and where.
package struct Request: Hashable, Sendable {
  package enum Form: UInt8, Sendable, CaseIterable {
    /// `import a.b`; of `import a.b as c`, `c` is a member.
    case module
    /// `from a import b, c`: `members` are `b` and `c`.
    case member
    /// `from a import *`
    case wildcard
    /// `import_module("a.b")`, `__import__("a")`, `find_spec("a.b")`: the argument after constant
    /// folding; `level` counts its leading dots. The members of `__import__("a", fromlist=["b"])` are
    /// the names of its list, with a `*` for each part that is not constant.
    case dynamic
    /// `import_module("pkg.backends.%s" % name)`, or a literal of that shape anywhere: `text` has a
    /// `*` for each part that is not constant, and a `?` for the name that a module's `__getattr__`
    /// was asked for. `level` as for `dynamic`. A call's has one member, itself as it is written.
    case template
    /// A string literal that has the shape of a dotted name, a distribution, an entry-point group, a
    /// `module:attribute` or a relative path; docstrings are not among them.
    case literal
    /// `create("spacy", "loggers")`, `"_".join(("spacy", "loggers"))`: words that stand side by side in
    /// brackets, and may together be the name of an entry-point group; with a space between them.
    case words
    /// A name in a table for lazy loading: `lazy_loader.attach(__name__, ["a"])`, `_import_structure`,
    /// a dictionary that a module's `__getattr__` reads. Relative to the file's own package.
    case lazyName
    /// `import x` inside a string that is handed to `exec`, `eval`, `timeit`, `python -c`….
    case code
    /// An import whose argument cannot be resolved; `text` is the expression as written, or the
    /// longest constant head that is known, ending in `*`.
    case blind
    /// `pkgutil.iter_modules(__path__)`, `walk_packages`, `os.listdir` on a package; `text` names the
    /// package where it is known, empty for the file's own package.
    case walk
    /// `files("a.b")`, `pkgutil.get_data("a.b", "x.json")`: a package whose files are read. It is
    /// imported for that; nothing is asked of it.
    case resource
    /// `# pare: import a.b`
    case directive
    /// `# pare: ignore`: settles the blind spots of its line.
    case ignore
    /// A native library by its base name, `libfoo.so.1`: a `DT_NEEDED` entry of a native file; or, with
    /// a `*` for what is open, what code opens (`ctypes.CDLL("libfoo.so")`).
    case library
    /// A name found in the bytes of a native file; conditional where it is dotted and part of some
    /// longer text.
    case nativeName
    /// A dotted name in a configuration file that its reader may import: `class: shop.logs.Handler`.
    case dataName
    /// A file's path in one: `../resources/shop.resource`.
    case dataPath
    /// A string with holes or wildcards that has the shape of a path: `f"{folder}/sql/{name}.sql"`,
    /// `"*.sql"`; each hole is a `*`. Without one: the constant end of a path that an expression puts
    /// together, `share/jupyter` of `Path(root, "share", "jupyter")`.
    case path
    /// `session.client("s3")`, for a `Callee` that was asked for: the argument after constant folding,
    /// empty where the call leaves it to its default. The member is the callee's name.
    case argument
    /// The same where the argument is not constant; `text` is the call as written. The members: the
    /// callee's name; what its receiver was imported as (`boto3`, `..aws.session`), empty where that is
    /// not known; and where the argument is a parameter of the function around it, that function's
    /// name, the parameter's position (`-` for none) and its name; where it is a constant of another
    /// module, that constant's name alone.
    case openArgument
    /// `Dash(__name__, pages_folder="site")`: what is given the file's own `__name__` or `__file__`, by
    /// the name and `level` of its import. The members are the strings that it is given along.
    case given
    /// `discover(commands)`: a name that an import binds, handed on as it is, by the name and `level` of
    /// that import. The member is what it is handed to, as imported, or as it is spelled.
    case handed
    /// `pages_folder: str = "pages"`: a string that is a parameter's default.
    case fallback
    /// `postgresql+psycopg2` of `"postgresql+psycopg2://user@host/db"`: how a URL begins.
    case scheme
    /// A name in a package's `__all__` that is put together (`[f"c_{k}" for k in KINDS]`), with a `*` for
    /// each part that is not constant: `from a import *` imports it where it is a submodule.
    case listed
    /// `sys.path.insert(0, os.path.join(here, "vendor"))`: a folder that is put on the path, its parts with
    /// dots between them. `level` is 1 where it lies below the file's own folder (which it is without a
    /// name), more below those above it, 0 below the archive's root.
    case searchPath
  }

  package let form: Form
  package let kind: ImportKind
  /// Leading dots: `from ..a import b` has 2.
  package let level: UInt16
  /// Position in `SourceFacts.guards` of the condition under which it is executed.
  package let guardIndex: UInt16?
  /// Position in `Exports.rows` of the names of which one has to be asked for; nil where the request
  /// holds as soon as the file is imported.
  package var row: UInt16?
  /// `a.b` of `import a.b`, `a` of `from a import b`; empty in `from . import y`.
  package let name: TextRange
  /// Range of `SourceFacts.members`.
  package let members: Range<UInt32>
  package let line: UInt32
  /// In bytes, the first is 1.
  package let column: UInt32

  package init(
    _ form: Form, kind: ImportKind, level: UInt16 = 0, guardIndex: UInt16? = nil, name: TextRange,
    members: Range<UInt32> = 0..<0, line: UInt32, column: UInt32
  ) {
    self.form = form
    self.kind = kind
    self.level = level
    self.guardIndex = guardIndex
    self.name = name
    self.members = members
    self.line = line
    self.column = column
  }
}

/// What a module's `__getattr__` answers for (PEP 562): the names in its tables, each with what it
/// brings, and the names that the module has anyway.
///
///     _EXPORTS = {"Money": ".money"}     # a row: `Money`, with a request for `.money`
///     def __getattr__(name):
///         if name == "session":          # a row: `session`, with the requests of the branch
///             from .db import session
package struct Exports: Hashable, Sendable {
  /// Ranges of `SourceFacts.members`. A request of an empty row holds whatever is asked for.
  package var rows: [Range<UInt32>] = []
  /// Range of `SourceFacts.members`: assigned, defined or imported when the module is executed.
  package var ownNames: Range<UInt32> = 0..<0

  package init() {}
}

/// Under which circumstances an import statement is executed. Where several hold, the later one
/// wins: type-only over optional over lazy over conditional over top-level.
package enum ImportKind: UInt8, Sendable, CaseIterable, Comparable {
  case topLevel
  /// Below `if`, `else`, `for`, `while`, `with`, `match`, or `try` without `except ImportError`.
  case conditional
  /// Inside a function: executed when that is called.
  case lazy
  /// In `try … except ImportError` (or wider) or `suppress(ImportError)`.
  case optional
  /// Below `if TYPE_CHECKING:`.
  case typeOnly

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  package var name: String {
    switch self {
    case .topLevel: "top-level"
    case .conditional: "conditional"
    case .lazy: "lazy"
    case .optional: "optional"
    case .typeOnly: "type-only"
    }
  }
}

/// A condition that the target may decide; anything else in an `if` is `unknown`.
///
///     if sys.version_info >= (3, 11):      # .version(.greaterOrEqual, 3, 11)
///     if sys.platform == "win32":          # .platform("win32"), compared with sys.platform
///     if os.name == "nt" or TYPE_CHECKING: # .any([.osName("nt"), .constant(false)])
package indirect enum Guard: Hashable, Sendable {
  package enum Comparison: UInt8, Sendable {
    case less, lessOrEqual, equal, notEqual, greater, greaterOrEqual
  }

  case unknown
  case constant(Bool)
  /// As many components of the target's version as were written, compared with them: what
  /// `sys.version_info > (3, 8)` means for longer tuples is settled (`.greaterOrEqual`).
  case version(Comparison, [Int])
  /// `sys.platform == "…"` or `.startswith("…")`: whether the target's begins with it.
  case platform(String)
  /// `os.name == "…"`
  case osName(String)
  /// `platform.system() == "…"`
  case system(String)
  /// `sys.implementation.name == "…"`, `platform.python_implementation() == "…"`, lower-cased.
  case implementation(String)
  /// `__name__ == "__main__"`: the module is run, not imported.
  case main
  /// At least one of these modules cannot be imported: the `except ImportError` of a `try` that
  /// imports them and does nothing else.
  case unavailable([String])
  case not(Guard)
  case all([Guard])
  case any([Guard])
}

/// What a file does, beside naming things.
package struct Marks: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Imports by a name that is computed (`import_module(x)`, `__import__(x)`).
  package static let importsDynamically = Marks(rawValue: 1 << 0)
  /// Lists folders: `pkgutil`, `os.listdir`, `glob`, `Path.iterdir`.
  package static let walksFolders = Marks(rawValue: 1 << 1)
  /// Defines a module-level `__getattr__` (PEP 562).
  package static let definesGetattr = Marks(rawValue: 1 << 2)
  /// `__path__ = pkgutil.extend_path(…)` or `pkg_resources.declare_namespace`.
  package static let extendsPath = Marks(rawValue: 1 << 3)
  /// Names `__file__` and a stub (`.pyi`): reads the stub beside it at run time.
  package static let readsStubs = Marks(rawValue: 1 << 4)
  /// Asks for entry points (`entry_points(`, `iter_entry_points(`, `stevedore`).
  package static let readsEntryPoints = Marks(rawValue: 1 << 5)
  /// Lists modules: `pkgutil.iter_modules`, `walk_packages`, `find_packages`.
  package static let listsModules = Marks(rawValue: 1 << 6)
  /// Lists one folder: `os.listdir`, `glob`, `Path.iterdir`; not the tree below it, as `os.walk` does.
  package static let listsFolders = Marks(rawValue: 1 << 7)
  /// Lists the top-level modules of the whole path: `pkgutil.iter_modules()`.
  package static let listsTopModules = Marks(rawValue: 1 << 8)
  /// Loads source files by their path: `spec_from_file_location`, `SourceFileLoader`, `run_path`.
  package static let loadsFiles = Marks(rawValue: 1 << 9)
  /// May do so: `exec`, `subprocess`, `sys.path.insert`.
  package static let runsFiles = Marks(rawValue: 1 << 10)
  /// Gives its package a path of its own making: `__path__ = FOLDERS`.
  package static let movesPath = Marks(rawValue: 1 << 12)
  /// Asks for resources of a package that is not named where it asks: `files(package)`.
  package static let readsResources = Marks(rawValue: 1 << 11)
}

/// Why a file could not be read as its language; the scan goes on as well as it can.
package struct Problem: Hashable, Sendable {
  /// In kebab-case: `syntax-error`, `null-byte`, `unknown-encoding`, `invalid-utf8`.
  package let code: String
  package let message: String
  package let line: UInt32
  package let column: UInt32

  package init(_ code: String, _ message: String, line: UInt32, column: UInt32) {
    self.code = code
    self.message = message
    self.line = line
    self.column = column
  }
}

/// The platform that a native file was built for.
package struct Binary: Hashable, Sendable {
  package enum Format: UInt8, Sendable { case elf, machO, pe }
  package let format: Format
  /// Nil where it is neither of ours.
  package let architecture: Architecture?
  /// The minor version of glibc 2 that it cannot be loaded without; nil where it names none.
  package var glibc: UInt8?
  package init(format: Format, architecture: Architecture?, glibc: UInt8? = nil) {
    self.format = format
    self.architecture = architecture
    self.glibc = glibc
  }
}
