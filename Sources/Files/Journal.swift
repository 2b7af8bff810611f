import Synchronization

/// What a run asked the system, and what the system answered: as long as the answers stay the same,
/// so does the run's outcome.
///
/// All questions pass through this room, also those whose answer is "nothing there", so nobody can
/// forget one. Only while a journal is begun is anything written down; what lies in ignored folders
/// (a cache) is not.
package enum Journal {
  private static let state = Mutex<State?>(nil)
  private static let isOpen = Atomic<Bool>(false)

  struct State {
    let ignored: [String]
    let only: String
    var entries: [(question: Question, answer: Answer, time: Int64)] = []
    /// Files and folders that the run itself made, and whether something stood there before.
    var made: [(path: String, isNew: Bool)] = []
    /// A program was run: what it saw is not known.
    var isBroken = false
    var printed: [(stream: Int32, bytes: [UInt8])] = []
  }

  /// Starts writing down; what was written down before is dropped. `only`: for tests that share the
  /// process with others, the folder outside of which nothing counts.
  package static func begin(ignoring folders: [String], only: String = "") {
    state.withLock { $0 = State(ignored: folders, only: only) }
    isOpen.store(true, ordering: .relaxed)
  }

  /// Stops writing down. Nil where the run's outcome depends on more than what was asked, or where
  /// an answer has changed meanwhile.
  package static func end() -> Account? {
    isOpen.store(false, ordering: .relaxed)
    guard let state = state.withLock({ $0.take() }), !state.isBroken else { return nil }
    return Account(state)
  }

  static func note(_ question: @autoclosure () -> Question, _ answer: @autoclosure () -> Answer) {
    guard isOpen.load(ordering: .relaxed) else { return }
    let (question, answer, time) = (question(), answer(), System.clock())
    state.withLock { state in
      guard var open = state.take() else { return }
      if question.path.hasPrefix(open.only),
        !open.ignored.contains(where: { question.path.hasPrefix($0) })
      {
        open.entries.append((question, answer, time))
      }
      state = open
    }
  }

  static func noteMade(_ path: @autoclosure () -> String, isNew: Bool) {
    guard isOpen.load(ordering: .relaxed) else { return }
    let path = path()
    state.withLock { state in
      guard let only = state?.only, path.hasPrefix(only) else { return }
      state?.made.append((path, isNew))
    }
  }

  static func notePrinted(_ stream: Int32, _ bytes: [UInt8]) {
    guard isOpen.load(ordering: .relaxed) else { return }
    state.withLock { $0?.printed.append((stream, bytes)) }
  }

  static func noteProgram(in folder: String?) {
    guard isOpen.load(ordering: .relaxed) else { return }
    state.withLock { state in
      guard let only = state?.only, (folder ?? "").hasPrefix(only) else { return }
      state?.isBroken = true
    }
  }

  static var isWriting: Bool { isOpen.load(ordering: .relaxed) }
}

/// Something that was asked of the system.
enum Question: Hashable, Sendable {
  /// The state of what a path leads to.
  case state(String)
  /// What stands at a path itself.
  case kind(String)
  /// All names in a folder.
  case names(String)
  /// What a walk takes from the folder `path` below `root`.
  case listing(root: String, path: String, skip: FileTree.Skip)
  /// Something that has a text for an answer: `variable HOME`, `real /a/b`, `link /a/b`,
  /// `terminal 1`, `columns 1`.
  case text(String, String)

  var path: String {
    switch self {
    case .state(let path), .kind(let path), .names(let path): path
    case .listing(let root, let path, _): path.isEmpty ? root : "\(root)/\(path)"
    case .text(let topic, let path): topic == "real" || topic == "link" ? path : ""
    }
  }
}

enum Answer: Hashable, Sendable {
  case nothing
  case key(StatKey)
  case kind(FileSystem.Kind)
  /// Names, as a sum that does not depend on their order, and the folder's own state.
  case sum(UInt64, StatKey)
  case text(String)
}

extension Question {
  /// Asks again.
  func ask() -> Answer {
    switch self {
    case .state(let path):
      return StatKey(ifPresent: path).map(Answer.key) ?? .nothing
    case .kind(let path):
      return FileSystem.kind(of: path).map(Answer.kind) ?? .nothing
    case .names(let path):
      guard let key = StatKey(ifPresent: path), let names = try? FileSystem.names(in: path) else {
        return .nothing
      }
      return .sum(names.reduce(0) { $0 &+ nameHash($1) }, key)
    case .listing(let root, let path, let skip):
      let location = path.isEmpty ? root : "\(root)/\(path)"
      guard let key = StatKey(ifPresent: location), let real = FileSystem.realPath(root) else {
        return .nothing
      }
      return .sum(FileTree.sum(root: root, realRoot: real, path: path, skip: skip), key)
    case .text(let topic, let subject):
      let answer: String? =
        switch topic {
        case "variable": System.variable(subject)
        case "real": FileSystem.realPath(subject)
        case "link": try? FileSystem.linkTarget(subject)
        case "terminal": StandardStream(name: subject)?.isTerminal == true ? "yes" : nil
        case "columns": (StandardStream(name: subject)?.columns).map { String($0) }
        default: nil
        }
      return answer.map(Answer.text) ?? .nothing
    }
  }

  /// Whether the answer is still the same, at the price of one look where it is.
  func isStill(_ answer: Answer) -> Bool {
    if case .sum(let sum, let key) = answer {
      if StatKey(ifPresent: path) == key { return true }
      guard case .sum(sum, _) = ask() else { return false }
      return true
    }
    return ask() == answer
  }
}

extension StandardStream {
  init?(name: String) {
    guard let number = Int32(name) else { return nil }
    self.init(rawValue: number)
  }
}

/// FNV-1a, 64 bits: names that change are noticed, nobody is kept out.
func nameHash(_ name: String) -> UInt64 { hash64(name.utf8) }

func hash64(_ bytes: some Sequence<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}
