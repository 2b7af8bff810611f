/// All that a run's outcome depends on, and what it printed: written down by a `Journal`, kept as
/// bytes, and held against the system by a later run.
package struct Account: Sendable {
  /// In the order in which it was printed; 1 is standard output, 2 standard error.
  package let printed: [(stream: Int32, bytes: [UInt8])]
  private let facts: [Fact]

  private struct Fact: Sendable {
    let question: Question
    let answer: Answer
    /// For a file that had changed so shortly before it was read that a later change could leave its
    /// state the same (as git calls it, racy): a hash of its bytes. For such a folder: 0.
    let contentHash: UInt64?
  }

  /// How many questions it has.
  package var count: Int { facts.count }

  /// Nil where something was asked twice and answered differently, or an answer has changed since.
  init?(_ state: Journal.State) {
    var made: [String: Bool] = [:]
    var newNames: [String: UInt64] = [:]
    for item in state.made {
      let isNew = made[item.path] ?? item.isNew
      made[item.path] = isNew
    }
    for (path, isNew) in made where isNew {
      let name = RelativeName(path)
      newNames[String(name.folder.dropLast()), default: 0] &+= nameHash(String(name.name))
    }

    var seen: [Question: Answer] = [:]
    seen.reserveCapacity(state.entries.count)
    var facts: [Fact] = []
    for (question, asked, time) in state.entries {
      var answer = asked.withoutFolderState
      if let earlier = seen[question] {
        if !earlier.agrees(with: answer), made[question.path] == nil { return nil }
        continue
      }
      seen[question] = answer
      if made[question.path] != nil {
        // What the run wrote counts as it is now.
        switch question {
        case .state, .kind:
          facts.append(
            Fact(question: question, answer: question.ask().withoutFolderState, contentHash: nil))
          continue
        case .names, .listing, .text: break
        }
      }
      // A folder that the run made had no names before.
      if case .names(let path) = question, answer == .nothing, made[path] == true,
        let now = StatKey(ifPresent: path)
      {
        answer = .sum(0, now)
      }
      var contentHash: UInt64?
      switch answer {
      case .key(let key) where key.isRegular && !key.isSettled(at: time):
        guard let bytes = try? FileSystem.read(question.path) else { return nil }
        contentHash = hash64(bytes)
      case .sum(let sum, let key):
        guard let now = StatKey(ifPresent: question.path) else { return nil }
        if now != key || !now.isSettled(at: time) {
          // Ours are the only names that may have come.
          guard case .sum(let sumNow, let keyNow) = question.ask(),
            sumNow == sum &+ (newNames[question.path] ?? 0) || sumNow == sum
          else { return nil }
          answer = .sum(sumNow, keyNow)
          // So fresh that a name could still come without changing its state: list it again.
          if !keyNow.isSettled(at: System.clock()) { contentHash = 0 }
        }
      default: break
      }
      facts.append(Fact(question: question, answer: answer, contentHash: contentHash))
    }
    // The archives and the report themselves, also where nobody asked for them before.
    for path in made.keys.sorted() where seen[.state(path)] == nil && !path.hasSuffix(".pare-tmp") {
      let question = Question.state(path)
      guard !state.ignored.contains(where: { path.hasPrefix($0) }) else { continue }
      let answer = question.ask()
      if case .key(let key) = answer, key.isFolder { continue }
      facts.append(Fact(question: question, answer: answer, contentHash: nil))
    }
    self.facts = facts
    printed = state.printed
  }

  /// Whether every answer is still the same.
  package func isCurrent(jobs: Int) -> Bool {
    let size = 512
    let parts = stride(from: 0, to: facts.count, by: size).map {
      facts[$0..<min($0 + size, facts.count)]
    }
    return concurrentMap(parts, jobs: jobs) { $0.allSatisfy(Self.isStill) }.allSatisfy { $0 }
  }

  private static func isStill(_ fact: Fact) -> Bool {
    if case .state(let path) = fact.question, fact.answer == .kind(.folder) {
      return StatKey(ifPresent: path)?.isFolder == true
    }
    if case .sum(let sum, _) = fact.answer, fact.contentHash != nil {
      guard case .sum(sum, _) = fact.question.ask() else { return false }
      return true
    }
    guard fact.question.isStill(fact.answer) else { return false }
    guard let hash = fact.contentHash else { return true }
    return (try? FileSystem.read(fact.question.path)).map { hash64($0) } == hash
  }
}

// MARK: As bytes

extension Account {
  /// Can be read by the same version of pare only.
  package func encoded() -> [UInt8] {
    var skips: [FileTree.Skip] = []
    var body = Encoder()
    body.number(UInt64(facts.count))
    for fact in facts {
      switch fact.question {
      case .state(let path): body.tag(0, path)
      case .kind(let path): body.tag(1, path)
      case .names(let path): body.tag(2, path)
      case .listing(let root, let path, let skip):
        body.tag(3, path)
        body.text(root)
        let index = skips.firstIndex(of: skip) ?? skips.endIndex
        if index == skips.endIndex { skips.append(skip) }
        body.number(UInt64(index))
      case .text(let topic, let subject):
        body.tag(4, topic)
        body.text(subject)
      }
      switch fact.answer {
      case .nothing: body.byte(0)
      case .key(let key):
        body.byte(1)
        body.key(key)
      case .kind(let kind):
        body.byte(2)
        body.byte(UInt8(FileSystem.Kind.all.firstIndex(of: kind) ?? 0))
      case .sum(let sum, let key):
        body.byte(3)
        body.number(sum)
        body.key(key)
      case .text(let text):
        body.byte(4)
        body.text(text)
      }
      body.byte(fact.contentHash == nil ? 0 : 1)
      body.number(fact.contentHash ?? 0)
    }
    body.number(UInt64(printed.count))
    for item in printed {
      body.byte(UInt8(item.stream))
      body.number(UInt64(item.bytes.count))
      body.bytes += item.bytes
    }
    var head = Encoder()
    head.number(UInt64(skips.count))
    for skip in skips {
      let names = skip.names.sorted()
      head.number(UInt64(names.count))
      for name in names { head.text(name) }
      head.number(UInt64(skip.sealed.count))
      for name in skip.sealed.sorted() { head.text(name) }
      head.text(skip.marker ?? "")
      head.byte(skip.hidden ? 1 : 0)
    }
    let bytes = head.bytes + body.bytes
    var all = Encoder()
    all.number(wordHash(bytes))
    return all.bytes + bytes
  }

  /// Nil where the bytes are not whole.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count > 8 else { return nil }
    var decoder = Decoder(bytes: bytes)
    guard decoder.number() == wordHash(Array(bytes[8...])) else { return nil }
    var skips: [FileTree.Skip] = []
    for _ in 0..<decoder.count() {
      var names: Set<String> = []
      for _ in 0..<decoder.count() { names.insert(decoder.text()) }
      var sealed: Set<String> = []
      for _ in 0..<decoder.count() { sealed.insert(decoder.text()) }
      let marker = decoder.text()
      skips.append(
        FileTree.Skip(
          names: names, sealed: sealed, marker: marker.isEmpty ? nil : marker,
          hidden: decoder.byte() == 1))
    }
    var facts: [Fact] = []
    let count = decoder.count()
    facts.reserveCapacity(count)
    for _ in 0..<count {
      let tag = decoder.byte()
      let first = decoder.text()
      let question: Question
      switch tag {
      case 0: question = .state(first)
      case 1: question = .kind(first)
      case 2: question = .names(first)
      case 3:
        let root = decoder.text()
        let index = decoder.count()
        guard skips.indices.contains(index) else { return nil }
        question = .listing(root: root, path: first, skip: skips[index])
      default: question = .text(first, decoder.text())
      }
      let answer: Answer
      switch decoder.byte() {
      case 0: answer = .nothing
      case 1: answer = .key(decoder.key())
      case 2:
        let index = Int(decoder.byte())
        guard FileSystem.Kind.all.indices.contains(index) else { return nil }
        answer = .kind(FileSystem.Kind.all[index])
      case 3:
        let sum = decoder.number()
        answer = .sum(sum, decoder.key())
      default: answer = .text(decoder.text())
      }
      let hasHash = decoder.byte() == 1
      let hash = decoder.number()
      facts.append(Fact(question: question, answer: answer, contentHash: hasHash ? hash : nil))
    }
    var printed: [(stream: Int32, bytes: [UInt8])] = []
    for _ in 0..<decoder.count() {
      let stream = Int32(decoder.byte())
      printed.append((stream, decoder.take(decoder.count())))
    }
    self.facts = facts
    self.printed = printed
  }
}

extension Answer {
  /// Of a folder, the state as such says only that it is one: what lies in it is asked for apart.
  fileprivate var withoutFolderState: Answer {
    if case .key(let key) = self, key.isFolder { return .kind(.folder) }
    return self
  }

  /// A folder's own state may move while what is taken from it stays the same.
  fileprivate func agrees(with other: Answer) -> Bool {
    if case .sum(let a, _) = self, case .sum(let b, _) = other { return a == b }
    return self == other
  }
}

extension FileSystem.Kind {
  fileprivate static let all: [FileSystem.Kind] = [.file, .folder, .link, .other]
}

/// Eight bytes at a time: a torn or altered file is noticed, nobody is kept out.
private func wordHash(_ bytes: [UInt8]) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.count)
  var index = 0
  let span = bytes.span
  while index + 8 <= span.count {
    var word: UInt64 = 0
    for offset in 0..<8 { word |= UInt64(span[index + offset]) << UInt64(offset * 8) }
    hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 29
    index += 8
  }
  while index < span.count {
    hash = (hash ^ UInt64(span[index])) &* 0x9e37_79b9_7f4a_7c15
    index += 1
  }
  return hash ^ hash >> 32
}

private struct Encoder {
  var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func number(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func text(_ text: String) {
    number(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func tag(_ tag: UInt8, _ text: String) {
    byte(tag)
    self.text(text)
  }

  mutating func key(_ key: StatKey) {
    number(UInt64(bitPattern: key.size))
    number(UInt64(bitPattern: key.modified))
    number(UInt64(bitPattern: key.changed))
    number(key.inode)
    number(UInt64(key.mode))
  }
}

/// Gives zeros behind the end; the hash before has made sure that it is not reached.
private struct Decoder {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func byte() -> UInt8 {
    guard position < bytes.count else { return 0 }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func number() -> UInt64 {
    guard position + 8 <= bytes.count else { return 0 }
    var value: UInt64 = 0
    for offset in 0..<8 { value |= UInt64(bytes[position + offset]) << UInt64(offset * 8) }
    position += 8
    return value
  }

  /// Never more than there are bytes.
  mutating func count() -> Int { Int(min(number(), UInt64(bytes.count))) }

  mutating func take(_ count: Int) -> [UInt8] {
    let end = min(position + count, bytes.count)
    defer { position = end }
    return Array(bytes[position..<end])
  }

  mutating func text() -> String {
    let count = count()
    let end = min(position + count, bytes.count)
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  mutating func key() -> StatKey {
    StatKey(
      size: Int64(bitPattern: number()), modified: Int64(bitPattern: number()),
      changed: Int64(bitPattern: number()), inode: number(),
      mode: UInt32(truncatingIfNeeded: number()))
  }
}
