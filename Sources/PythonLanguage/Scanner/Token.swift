import Model

/// A word of Python source: what it is and which bytes it takes.
struct Token {
  var kind: Kind
  var flags: LiteralShape
  let start: UInt32
  let end: UInt32
  /// The line on which it starts; the first is 1.
  let line: UInt32

  var range: Range<Int> { Int(start)..<Int(end) }
}

/// What a token is. Names that mean something to the scanner have a kind of their own; everything
/// from `name` on up is an identifier to the grammar.
enum Kind: UInt8 {
  case newline
  case number, string, formattedString, ellipsis
  case leftParen, leftBracket, leftBrace, rightParen, rightBracket, rightBrace
  case comma, colon, semicolon, dot, assign, augmented, walrus, arrow, at, star, slash
  /// `+`, `-`, `~`: may stand before an operand
  case sign
  /// `%`
  case percent
  /// `**`, `//`, `<<`, `&`, `==`, `<=`…
  case infix

  case `false`, none, `true`, and, `as`, assert, async, await, `break`, `class`, `continue`, def
  case del, elif, `else`, except, finally, `for`, from, global, `if`, `import`, `in`, `is`, lambda
  case nonlocal, not, or, pass, raise, `return`, `try`, `while`, with, yield

  case name
  /// Soft keywords.
  case match, `case`, type, lazy
  /// What conditions are made of.
  case typeChecking, sys, os, platform, six, py2, py3, versionInfo, implementation
  /// What catches a failed import.
  case suppress, importError, moduleNotFoundError, exception, baseException
  /// What imports by name.
  case importlib, importModule, dunderImport, findSpec
  /// What imports an object by its name: `pydoc.locate("a.b.C")`.
  case importObject
  /// What a module knows of itself.
  case dunderName, dunderPackage, dunderFile, dunderPath, dunderSpec, dunderGetattr, dunderAll
  /// What executes strings.
  case exec, eval, compile, timeit, timer, repeatTimer, subprocess, systemCall
  /// What opens native libraries.
  case loadLibrary, findLibrary
  /// What lists folders.
  case iterModules, walkPackages, listdir, scandir, walk, glob, iglob, rglob, iterdir, contents
  case findPackages
  /// What reads a file of a package that it is given first.
  case readsResource
  /// What loads lazily.
  case attach, attachStub, lazyModule, lazyImport, deferredImport
  /// What loads a source file by its path.
  case loadsFile
  /// Other marks.
  case entryPoints, iterEntryPoints, stevedore, extendPath, declareNamespace, addSiteDirectory
  /// What holds a call's arguments.
  case environ, getenv, format, join, rpartition, partition, rsplit, split, replace, lower, items
  case keys, values, dirname, path, parent

  var isName: Bool { rawValue >= Kind.name.rawValue }
  var isKeyword: Bool {
    rawValue >= Kind.false.rawValue && rawValue < Kind.name.rawValue
  }
  var isString: Bool { self == .string || self == .formattedString }
  var opens: Bool {
    rawValue >= Kind.leftParen.rawValue && rawValue <= Kind.leftBrace.rawValue
  }
  var closes: Bool {
    rawValue >= Kind.rightParen.rawValue && rawValue <= Kind.rightBrace.rawValue
  }
}

/// What the characters of a string literal allow it to be.
struct LiteralShape: OptionSet {
  let rawValue: UInt8

  /// Only letters, digits, `_`, `.`, `:`, `/`, `-`, and no escapes.
  static let plain = LiteralShape(rawValue: 1 << 0)
  /// Only letters, digits, `_`, `.` and what stands in a hole: `%`, `{`, `}`, `(`, `)`.
  static let template = LiteralShape(rawValue: 1 << 1)
  /// Has a `%`, `{` or `}`.
  static let holes = LiteralShape(rawValue: 1 << 2)
  static let escapes = LiteralShape(rawValue: 1 << 3)
  static let bytes = LiteralShape(rawValue: 1 << 4)
  static let raw = LiteralShape(rawValue: 1 << 5)
  static let triple = LiteralShape(rawValue: 1 << 6)
  static let broken = LiteralShape(rawValue: 1 << 7)
}

/// Which names make a logical line worth a second look.
struct Interest: OptionSet {
  let rawValue: UInt16

  static let condition = Interest(rawValue: 1 << 0)
  static let dynamicImport = Interest(rawValue: 1 << 1)
  static let execution = Interest(rawValue: 1 << 2)
  static let folders = Interest(rawValue: 1 << 3)
  static let laziness = Interest(rawValue: 1 << 4)
  static let marks = Interest(rawValue: 1 << 5)
  static let formattedString = Interest(rawValue: 1 << 6)
  static let string = Interest(rawValue: 1 << 7)
  static let environment = Interest(rawValue: 1 << 8)
  static let ownFile = Interest(rawValue: 1 << 9)
  static let ownName = Interest(rawValue: 1 << 10)
  static let libraries = Interest(rawValue: 1 << 11)
}

extension Kind {
  var interest: Interest {
    switch self {
    case .typeChecking, .sys, .os, .platform, .six, .py2, .py3, .versionInfo, .implementation,
      .true, .false:
      .condition
    case .importModule, .dunderImport, .findSpec, .importlib, .importObject: .dynamicImport
    case .exec, .eval, .compile, .timeit, .timer, .repeatTimer, .subprocess, .systemCall:
      .execution
    case .iterModules, .walkPackages, .listdir, .scandir, .walk, .glob, .iglob, .rglob, .iterdir,
      .contents, .findPackages:
      .folders
    case .attach, .attachStub, .lazyModule, .lazyImport, .deferredImport: .laziness
    case .entryPoints, .iterEntryPoints, .stevedore, .extendPath, .declareNamespace, .loadsFile,
      .readsResource, .addSiteDirectory:
      .marks
    case .dunderFile: .ownFile
    case .dunderPath: [.ownFile, .folders]
    case .dunderName: .ownName
    case .loadLibrary, .findLibrary: .libraries
    case .environ, .getenv: .environment
    case .string: .string
    case .formattedString: [.string, .formattedString]
    default: []
    }
  }

  /// What a call says of files that are run by their path.
  var marks: Marks {
    switch self {
    case .loadsFile: .loadsFiles
    case .exec, .subprocess, .systemCall, .addSiteDirectory: .runsFiles
    default: []
    }
  }

  /// Every identifier that has a kind of its own, as it is spelt.
  static let spellings: [(String, Kind)] = [
    ("False", .false), ("None", .none), ("True", .true), ("and", .and), ("as", .as),
    ("assert", .assert), ("async", .async), ("await", .await), ("break", .break),
    ("class", .class), ("continue", .continue), ("def", .def), ("del", .del), ("elif", .elif),
    ("else", .else), ("except", .except), ("finally", .finally), ("for", .for), ("from", .from),
    ("global", .global), ("if", .if), ("import", .import), ("in", .in), ("is", .is),
    ("lambda", .lambda), ("nonlocal", .nonlocal), ("not", .not), ("or", .or), ("pass", .pass),
    ("raise", .raise), ("return", .return), ("try", .try), ("while", .while), ("with", .with),
    ("yield", .yield),
    ("match", .match), ("case", .case), ("type", .type), ("lazy", .lazy),
    ("TYPE_CHECKING", .typeChecking), ("sys", .sys), ("_sys", .sys), ("os", .os), ("_os", .os),
    ("platform", .platform), ("six", .six), ("PY2", .py2), ("PY3", .py3),
    ("version_info", .versionInfo), ("implementation", .implementation),
    ("python_implementation", .implementation),
    ("suppress", .suppress), ("ImportError", .importError),
    ("ModuleNotFoundError", .moduleNotFoundError), ("Exception", .exception),
    ("BaseException", .baseException),
    ("importlib", .importlib), ("import_module", .importModule), ("__import__", .dunderImport),
    ("find_spec", .findSpec), ("find_loader", .findSpec), ("find_module", .findSpec),
    ("run_module", .importModule), ("locate", .importObject), ("resolve_name", .importObject),
    ("__name__", .dunderName), ("__package__", .dunderPackage), ("__file__", .dunderFile),
    ("__path__", .dunderPath), ("__spec__", .dunderSpec), ("__getattr__", .dunderGetattr),
    ("__all__", .dunderAll),
    ("exec", .exec), ("eval", .eval), ("compile", .compile), ("timeit", .timeit),
    ("Timer", .timer), ("repeat", .repeatTimer), ("subprocess", .subprocess),
    ("Popen", .subprocess), ("check_call", .subprocess), ("check_output", .subprocess),
    ("CDLL", .loadLibrary), ("PyDLL", .loadLibrary), ("LoadLibrary", .loadLibrary),
    ("dlopen", .loadLibrary), ("find_library", .findLibrary), ("load_library", .findLibrary),
    ("system", .systemCall), ("iter_modules", .iterModules), ("walk_packages", .walkPackages),
    ("listdir", .listdir), ("scandir", .scandir), ("walk", .walk), ("glob", .glob),
    ("iglob", .iglob), ("rglob", .rglob), ("iterdir", .iterdir), ("contents", .contents),
    ("files", .readsResource), ("open_text", .readsResource), ("open_binary", .readsResource),
    ("read_text", .readsResource), ("read_binary", .readsResource),
    ("is_resource", .readsResource), ("get_data", .readsResource),
    ("resource_filename", .readsResource), ("resource_string", .readsResource),
    ("resource_stream", .readsResource), ("resource_exists", .readsResource),
    ("find_packages", .findPackages), ("find_modules", .findPackages),
    ("attach", .attach), ("attach_stub", .attachStub), ("_LazyModule", .lazyModule),
    ("LazyModule", .lazyModule), ("LazyImporter", .lazyModule), ("lazy_import", .lazyImport),
    ("LazyImport", .lazyImport), ("LazyLoader", .lazyImport), ("lazy_load", .lazyImport),
    ("lazy_module", .lazyImport), ("create_dynamic_module", .deferredImport),
    ("spec_from_file_location", .loadsFile), ("SourceFileLoader", .loadsFile),
    ("run_path", .loadsFile), ("load_source", .loadsFile), ("execfile", .loadsFile),
    ("entry_points", .entryPoints), ("iter_entry_points", .iterEntryPoints),
    ("stevedore", .stevedore), ("extend_path", .extendPath),
    ("declare_namespace", .declareNamespace), ("addsitedir", .addSiteDirectory),
    ("environ", .environ), ("getenv", .getenv),
    ("format", .format), ("join", .join), ("rpartition", .rpartition),
    ("partition", .partition), ("rsplit", .rsplit), ("split", .split), ("replace", .replace),
    ("lower", .lower), ("items", .items), ("keys", .keys), ("values", .values),
    ("dirname", .dirname), ("path", .path), ("parent", .parent),
  ]
}

/// Finds the kind of an identifier from its last eight bytes and its length.
///
/// Open addressing, at most half full; a miss costs one multiplication and one load. The last eight
/// bytes and the length tell all spellings apart, but not from every other identifier, so a long hit is
/// compared byte by byte.
struct WordTable {
  private var keys: [UInt64]
  private var kinds: [Kind]
  private var texts: [[UInt8]]
  private static let bits: UInt64 = 10

  static let shared = WordTable()

  private init() {
    let size = 1 << Int(Self.bits)
    keys = Array(repeating: 0, count: size)
    kinds = Array(repeating: .name, count: size)
    texts = Array(repeating: [], count: size)
    for (text, kind) in Kind.spellings {
      let bytes = Array(text.utf8)
      let word = bytes.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
      let key = Self.key(word, bytes.count)
      var slot = Self.slot(key)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = key
      kinds[slot] = kind
      texts[slot] = bytes
    }
  }

  @inline(__always) private static func key(_ word: UInt64, _ count: Int) -> UInt64 {
    word ^ (UInt64(truncatingIfNeeded: count) << 58)
  }

  @inline(__always) private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits))
  }

  @inline(__always)
  func kind(_ word: UInt64, _ source: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Kind {
    let key = Self.key(word, end &- start)
    var slot = Self.slot(key)
    while true {
      let found = keys[slot]
      if found == 0 { return .name }
      if found == key { break }
      slot = (slot &+ 1) & (keys.count &- 1)
    }
    return matches(texts[slot], source, start, end) ? kinds[slot] : .name
  }

  @inline(__always) private func matches(
    _ text: [UInt8], _ source: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> Bool {
    if text.count != end &- start { return false }
    if text.count <= 8 { return true }
    for i in text.indices where text[i] != source[start &+ i] { return false }
    return true
  }
}
