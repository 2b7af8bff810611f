import Model

/// What the resolver keeps of files, entry points and imports.
extension PythonResolver {
  /// A file that is being scanned, and what for.
  struct Awaited: Sendable {
    enum Purpose: Sendable {
      case everything
      /// How it calls what a rule tells of, by the rule's position in `rules.choices`.
      case calls(Int)
      case definitions
    }
    let file: FileID
    let purpose: Purpose
  }

  /// An entry point of some group.
  struct GroupMember: Sendable {
    let distribution: DistributionID
    /// `package.module` or `package.module:attribute`
    let value: String
  }

  /// What the marks of the file at hand say about its strings.
  struct Current: Sendable {
    var namesOwnModules = false
    var readsEntryPoints = false
    /// It lists modules, of packages that it is given or has imported.
    var listsModules = false
    /// Lines of the file at hand with a `# pare:`, which says all about what they load.
    var settledLines: Set<UInt32> = []
    var native = NativeNames()
    /// The name that the file at hand was asked for, where its requests hold for that one only.
    var asked: Name?
    /// Line and column of the template that matched something last.
    var matched: (line: UInt32, column: UInt32)?

    init() {}

    init(_ facts: SourceFacts) {
      namesOwnModules =
        facts.marks.contains(.definesGetattr) || facts.marks.contains(.importsDynamically)
      readsEntryPoints = facts.marks.contains(.readsEntryPoints)
      listsModules = facts.marks.contains(.listsModules)
      for request in facts.requests {
        switch request.form {
        case .ignore, .directive: settledLines.insert(request.line)
        default: break
        }
      }
    }
  }

  struct EdgeKey: Hashable {
    let from: NodeID
    let to: NodeID
    let premise: NodeID?
    let scope: UInt32?
    let needsEager: Bool

    init(_ edge: Edge) {
      from = edge.from
      to = edge.to
      premise = edge.premise
      scope = edge.scope
      needsEager = edge.needsEager
    }
  }

  /// An import that found nothing, to be told at the end: a namespace may have grown by then.
  struct Unresolved: Sendable {
    let node: NodeID
    let dotted: Name
    let kind: ImportKind
    let place: Place
    let isStatement: Bool
  }
}
