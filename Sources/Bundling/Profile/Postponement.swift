import Model
import Text

/// Import statements of the team's own that bring one module, to be left out together.
struct Postponement {
  /// One at the top of a file, alone on its lines.
  struct Statement {
    /// Path in the archive.
    let path: String
    let lines: ClosedRange<Int>
    let text: String
    /// What it binds, and the module that each is or is from.
    let names: [(bound: String, target: String)]
  }

  let module: String
  let statements: [Statement]
  /// What they took in the run that was watched, in microseconds.
  let duration: Int

  /// As the harness takes it: by file, which lines go, and which names ask for which statements.
  var request: String {
    var files: [String: [Statement]] = [:]
    for statement in statements { files[statement.path, default: []].append(statement) }
    let items = files.sorted { $0.key < $1.key }.map { path, statements in
      var names: [String: [String]] = [:]
      for statement in statements {
        for name in statement.names { names[name.bound, default: []].append(statement.text) }
      }
      let lines = statements.map { "[\($0.lines.lowerBound), \($0.lines.upperBound)]" }
      let table = names.sorted { $0.key < $1.key }.map { name, texts in
        "\(quoted(name)): [\(texts.uniqued().map(quoted).joined(separator: ", "))]"
      }
      return "{\"path\": \(quoted(path)), \"lines\": [\(lines.joined(separator: ", "))], "
        + "\"names\": {\(table.joined(separator: ", "))}}"
    }
    return items.joined(separator: ", ")
  }
}

/// What the run that was watched has seen.
struct Observation {
  let run: TimedRun
  /// Modules of which something was called or read, sorted.
  let used: Set<String>
  private let statements: [Postponement.Statement]
  /// Paths on the path's folders, by module; without what has no file there.
  let files: [String: String]

  init?(_ findings: DatumTable?) {
    guard let run = TimedRun(findings), let findings else { return nil }
    self.run = run
    used = Set((findings["used"]?.array ?? []).compactMap(\.string))
    statements = (findings["statements"]?.array ?? []).compactMap { item in
      guard let parts = item.array, parts.count == 5, let path = parts[0].string,
        case .integer(let first) = parts[1].content, case .integer(let last) = parts[2].content,
        first > 0, first <= last, let text = parts[3].string
      else { return nil }
      let names = (parts[4].array ?? []).compactMap { pair -> (bound: String, target: String)? in
        guard let pair = pair.array, pair.count == 2, let bound = pair[0].string,
          let target = pair[1].string
        else { return nil }
        return (bound, target)
      }
      return Postponement.Statement(
        path: path, lines: Int(first)...Int(last), text: text, names: names)
    }
    var files: [String: String] = [:]
    for entry in findings["files"]?.table?.entries ?? [] {
      if let path = entry.value.array?.last?.string { files[entry.key] = path }
    }
    self.files = files
  }

  /// Modules that took their time while the handler was imported, and of which the call has used nothing,
  /// as far as that was seen; the longest first.
  ///
  /// - Parameters:
  ///   - own: paths of the team's own files.
  ///   - least: in microseconds.
  func postponements(own: Set<String>, least: Int) -> [Postponement] {
    func root(_ target: String) -> String {
      files[target].map(own.contains) == true
        ? target : String(target.prefix { $0 != "." })
    }
    func isUsed(_ root: String) -> Bool {
      if files[root].map(own.contains) == true { return used.contains(root) }
      return used.contains { $0 == root || $0.hasPrefix(root + ".") }
    }
    var groups: [String: [Int]] = [:]
    for (index, statement) in statements.enumerated() {
      for root in statement.names.map({ root($0.target) }).uniqued() {
        groups[root, default: []].append(index)
      }
    }
    return groups.sorted { $0.key < $1.key }.compactMap { module, members -> Postponement? in
      guard !isUsed(module) else { return nil }
      let members = members.map { statements[$0] }
      let duration = duration(of: members)
      guard duration >= least else { return nil }
      return Postponement(module: module, statements: members, duration: duration)
    }.sorted { ($1.duration, $0.module) < ($0.duration, $1.module) }
  }

  /// What was loaded for those lines.
  private func duration(of statements: [Postponement.Statement]) -> Int {
    var isCounted = Array(repeating: false, count: run.records.count)
    var sum = 0
    for (index, record) in run.records.enumerated() where record.phase == .start {
      isCounted[index] = record.parent.map { isCounted[$0] } ?? false
      guard !isCounted[index], let importer = record.importer,
        statements.contains(where: {
          $0.path == importer.path && $0.lines.contains(importer.line)
        })
      else { continue }
      isCounted[index] = true
      sum += record.duration
    }
    return sum
  }
}

/// As JSON.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\u{0}"..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
