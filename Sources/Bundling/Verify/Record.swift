import Files
package import Model
import Text

/// The file that `pare verify --record` writes: what handlers have used in their whole environments and
/// their archives left out, as settings for somebody to read.
///
/// A run changes what is said of its own functions only: entries of earlier runs (other events) stay as
/// long as they name something that is there and that no scan finds. What is said of others stays as it
/// is, to the byte.
package struct Record {
  /// Absolute path.
  private let path: String
  private let text: String
  private let recorded: Recorded?

  private static let preamble = """
    # What handlers use and no scan can see, written by 'pare verify --record'. Read it before you keep it;
    # 'recorded' of the configuration names this file. Below, sorted, each with the runs that it is from.

    """

  /// Throws `.usage` where what is there is no record, `.system` where it cannot be read.
  package init(_ path: String, languages: [String]) throws(Failure) {
    self.path = path
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read(path)
    } catch {
      guard error.isMissing else { throw Failure(error) }
      (text, recorded) = (Self.preamble, nil)
      return
    }
    recorded = try Recorded(bytes, path: path, languages: languages)
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Writes it anew, unless it would be the same; whether it was.
  ///
  /// - Parameters:
  ///   - event: as it is named in the file; nil where handlers were imported only.
  ///   - now: nanoseconds since 1970: the day of the run.
  ///
  /// Throws `.system` where it cannot be written.
  package func write(
    _ results: [VerifyResult], of workspace: Workspace, statics: [String: StaticFindings],
    event: String?, now: Int64
  ) throws(Failure) -> Bool {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var (head, parts) = Self.parts(of: lines, recorded?.functions ?? [])
    // Of several handlers of a function each has a result.
    for name in results.map(\.function).uniqued() {
      let own = results.filter { $0.function == name }
      let comparisons = own.compactMap(\.comparison).filter(\.isComplete)
      guard !comparisons.isEmpty,
        let function = workspace.functions.rows.first(where: { $0.name == name })
      else { continue }
      var supplement = kept(for: function, workspace, statics[function.name])
      for surplus in comparisons.flatMap(\.surplus) { supplement.add(surplus.supplement) }
      let run = "\(event ?? "import only"), python\(own[0].version), \(day(of: now))"
      let comments = Self.comments(parts[function.name] ?? [], with: run, about: event)
      parts[function.name] =
        supplement.isEmpty
        ? nil : comments + [supplement.tables("functions.\(tomlKey(function.name))")]
    }
    while head.last?.isEmpty == true { head.removeLast() }
    let sorted = parts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let blocks = [head.joined(separator: "\n")] + sorted.map { $0.value.joined(separator: "\n") }
    let new = blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    guard new != text else { return false }
    do throws(MalformedText) {
      // What cannot be read again is not written: a part that somebody has torn apart.
      _ = try TOML.read(Array(new.utf8), path: path)
    } catch {
      throw Failure(.usage, [error.diagnostic])
    }
    do throws(FileError) {
      try FileSystem.write(Array(new.utf8), to: path)
    } catch {
      throw Failure(error)
    }
    return true
  }

  /// What earlier runs have found and still holds.
  private func kept(
    for function: Function, _ workspace: Workspace, _ statics: StaticFindings?
  ) -> Supplement {
    var supplement = Supplement()
    guard let table = recorded?[function.name] else { return supplement }
    for entry in workspace.entries(of: table, for: function)
    where !entry.files.isEmpty && !workspace.isFoundAnyway(entry, for: function, statics) {
      switch entry.key {
      case .needs: supplement.needs.insert(entry.value)
      case .imports: supplement.imports.insert(entry.value)
      case .include: supplement.include.insert(entry.value)
      case .distributionImport(let name):
        supplement.distributions[name, default: .init()].imports.insert(entry.value)
      case .distributionData(let name):
        supplement.distributions[name, default: .init()].data.insert(entry.value)
      }
    }
    return supplement
  }

  // MARK: The file's parts

  /// What stands before the first function, and by function the lines from its comment on, without empty
  /// ones at the end.
  private static func parts(
    of lines: [String], _ functions: [Configuration.FunctionTable]
  ) -> (head: [String], parts: [String: [String]]) {
    let starts = functions.map { table -> (name: String, start: Int) in
      var start = table.origin.line - 1
      while start > 0, lines[start - 1].hasPrefix("#") { start -= 1 }
      return (table.name, start)
    }.sorted { $0.start < $1.start }
    var parts: [String: [String]] = [:]
    for (position, item) in starts.enumerated() {
      let end = position + 1 < starts.count ? starts[position + 1].start : lines.count
      var part = Array(lines[item.start..<end])
      while part.last?.isEmpty == true { part.removeLast() }
      parts[item.name] = part
    }
    return (Array(lines[..<(starts.first?.start ?? lines.count)]), parts)
  }

  /// A part's comments, with one line for each event, its last run.
  private static func comments(
    _ part: [String], with run: String, about event: String?
  ) -> [String] {
    let same = "# \(event ?? "import only"), "
    let others = part.prefix { $0.hasPrefix("#") }.filter { !$0.hasPrefix(same) }
    return (others + ["# \(run)"]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// `2026-11-27`, in UTC: days since 1970 as Howard Hinnant counts them
/// (https://howardhinnant.github.io/date_algorithms.html, "civil_from_days").
func day(of nanoseconds: Int64) -> String {
  let days = Int(nanoseconds / 86_400_000_000_000) + 719_468
  let era = days / 146_097
  let dayOfEra = days % 146_097
  let year =
    (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shifted + 2) / 5 + 1
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return "\(year + era * 400 + (month <= 2 ? 1 : 0))-\(two(month))-\(two(day))"
}
