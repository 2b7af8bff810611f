/// What a source file defines, and what each definition mentions: a call graph by names. It says which
/// definitions could be executed once some are, without types:
///
///     def read_excel(io):               # mentions ExcelFile
///         return ExcelFile(io).parse()  # and something's `parse`
///
/// All names are ranges of `SourceFacts.text`.
package struct Definitions: Sendable, Equatable {
  package enum Kind: UInt8, Sendable {
    /// The module's own statements, as far as they are nothing of what follows. Definition 0.
    case module
    case function
    case `class`
    /// A name that the module or a class assigns: what the value mentions.
    case variable
    /// A call that is a statement of the module, or a decorator: what it is given. Its name is the callee's.
    case registration
  }

  package struct Definition: Hashable, Sendable {
    package let kind: Kind
    package let name: TextRange
    /// Position of the definition around it; -1 for the module.
    package let parent: Int32
    package let firstLine: UInt32
    package var lastLine: UInt32

    package init(
      _ kind: Kind, name: TextRange, parent: Int32, firstLine: UInt32, lastLine: UInt32
    ) {
      self.kind = kind
      self.name = name
      self.parent = parent
      self.firstLine = firstLine
      self.lastLine = lastLine
    }
  }

  package enum Form: UInt8, Sendable {
    /// `ExcelFile`, `np.linalg.norm`: from the first name on.
    case name
    /// What a call is given, or a table's key: `isinstance(x, ExcelFile)`. A class is not made by that.
    case argument
    /// `norm` of `x().norm`: of something that has no name.
    case member
    /// `self.x`, `cls.x`, `super().x`: without the first.
    case own
    /// `http2` of `Client(http2=True)`; not where it is given a constant that says no.
    case keyword
    /// A string that is a value: what something is chosen by.
    case word
    /// A string that is a parameter's default.
    case fallback
    /// A base of the class.
    case base
    /// An import statement.
    case `import`
    /// `assert x`, `if x is None: raise …`: cannot do without it.
    case demand
    /// `pyarrow` of `raise ImportError("pyarrow is required")`: the message begins with it.
    case missing
  }

  package struct Mention: Hashable, Sendable {
    package let form: Form
    /// Position of the definition that mentions it.
    package let owner: UInt32
    /// Position of what it is executed under, as far as a caller chooses that; -1 for nothing.
    package let condition: Int32
    /// Position in `texts`.
    package let text: UInt32
    package let line: UInt32

    package init(_ form: Form, owner: Int, condition: Int, text: Int, line: UInt32) {
      self.form = form
      self.owner = UInt32(owner)
      self.condition = Int32(condition)
      self.text = UInt32(text)
      self.line = line
    }
  }

  /// What a caller chooses by.
  package struct Condition: Hashable, Sendable {
    package enum Kind: UInt8, Sendable {
      /// The key of an entry of a table: `{"pyarrow": ArrowParser}`.
      case key
      /// `if engine == "pyarrow":`, `if scheme.startswith("socks"):`
      case literal
      /// `if http2:`, where that is a parameter whose default says no.
      case flag
      /// `if isinstance(x, ArrowArray):`, where the words are classes: none is chosen before one is made.
      case instance
      /// `if HAS_PYARROW:`, `if find_spec("pyarrow"):`: what may say whether a library is there.
      case available
      /// `if is_dask_collection(x):`: what may say no for all there is without a library. The words are the
      /// components of its name.
      case predicate
    }
    package let kind: Kind
    /// The same for the entries of one table, and for the branches of one `if`.
    package let group: UInt32
    /// Position of the condition around it; -1 for none.
    package let outer: Int32
    /// Range of `SourceFacts.members`: any of these.
    package let words: Range<UInt32>

    package init(_ kind: Kind, group: UInt32, outer: Int, words: Range<UInt32>) {
      self.kind = kind
      self.group = group
      self.outer = Int32(outer)
      self.words = words
    }
  }

  /// A name that an import binds: `from .base import ExcelFile as X`.
  package struct Binding: Hashable, Sendable {
    package let name: TextRange
    package let level: UInt32
    package let module: TextRange
    /// Empty where the module itself is bound.
    package let member: TextRange
    package let line: UInt32

    package init(name: TextRange, level: Int, module: TextRange, member: TextRange, line: UInt32) {
      self.name = name
      self.level = UInt32(level)
      self.module = module
      self.member = member
      self.line = line
    }
  }

  /// An import whose failure is caught, by `try` or by `with suppress(ImportError):`.
  package struct Attempt: Hashable, Sendable {
    /// Of its body.
    package let lines: ClosedRange<UInt32>
    /// Range of `SourceFacts.members`: the names that the body binds.
    package let names: Range<UInt32>
    /// Whether what catches the failure binds one of them, too.
    package let hasFallback: Bool
    /// Whether what catches the failure can give up: it has a `raise`.
    package let raises: Bool

    package init(
      lines: ClosedRange<UInt32>, names: Range<UInt32>, hasFallback: Bool, raises: Bool
    ) {
      self.lines = lines
      self.names = names
      self.hasFallback = hasFallback
      self.raises = raises
    }
  }

  /// Lines that are executed where an attempt succeeded: its body, its `else:`, and `if has_crypto:` for a
  /// name that the body binds.
  package struct Region: Hashable, Sendable {
    /// Position in `attempts`.
    package let attempt: UInt32
    package let lines: ClosedRange<UInt32>

    package init(attempt: Int, lines: ClosedRange<UInt32>) {
      self.attempt = UInt32(attempt)
      self.lines = lines
    }
  }

  package var definitions: [Definition] = []
  /// What mentions say, each text once; the first is empty.
  package var texts: [TextRange] = []
  package var mentions: [Mention] = []
  package var conditions: [Condition] = []
  package var bindings: [Binding] = []
  package var attempts: [Attempt] = []
  package var regions: [Region] = []

  package init() {}
}
