import Bundling
import Model
import TestKit
import Testing
import pare

/// The README says what the tool's own tables say, so that it cannot grow old unnoticed.
struct `The README` {
  private let lines: [Substring]

  init() throws {
    let text = try String(decoding: readRepositoryFile("README.md"), as: UTF8.self)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Lines below a heading, up to the next one of any level.
  private func section(_ heading: String) -> ArraySlice<Substring> {
    guard let start = lines.firstIndex(where: { $0.hasSuffix("# \(heading)") }) else { return [] }
    return lines[(start + 1)...].prefix { !$0.hasPrefix("#") }
  }

  /// The words in backticks of the first column of a section's tables.
  private func firstColumns(_ section: ArraySlice<Substring>) -> [[String]] {
    var tables: [[String]] = []
    var isInTable = false
    for line in section {
      guard line.hasPrefix("|") else {
        isInTable = false
        continue
      }
      if !isInTable { tables.append([]) }
      isInTable = true
      let cell = line.dropFirst().prefix { $0 != "|" }
      let words = cell.split(separator: "`", omittingEmptySubsequences: false)
      for (index, word) in words.enumerated() where index % 2 == 1 {
        tables[tables.count - 1].append(String(word))
      }
    }
    return tables
  }

  @Test func `has a row for every key of the configuration, and for no other`() throws {
    let tables = firstColumns(section("Configuration"))
    try #require(tables.count == 5)
    #expect(tables[0].sorted() == Configuration.Keys.shared.sorted())
    #expect(tables[1].sorted() == Configuration.Keys.project.sorted())
    #expect(tables[2].sorted() == Configuration.Keys.function.sorted())
    #expect(tables[3].sorted() == Configuration.Keys.distribution.sorted())
    #expect(tables[4].sorted() == Configuration.Keys.layer.sorted())
  }

  @Test func `has a row for every command, and for no other`() {
    let rows = firstColumns(section("In your own project")).flatMap { $0 }
    let named = rows.compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) }
    #expect(named == Command.all.map(\.name))
  }

  @Test func `gives only command lines that the tool understands`() {
    var count = 0
    for line in lines {
      // In the text as `pare …`, in blocks as `    pare …` or `$ pare …`.
      let parts = line.split(separator: "`", omittingEmptySubsequences: false)
      var found = parts.enumerated().filter { $0.offset % 2 == 1 && $0.element.hasPrefix("pare ") }
        .map(\.element)
      if line.hasPrefix("    ") || line.hasPrefix("$ ") {
        let body = line.drop { $0 == " " || $0 == "$" }
        if body.hasPrefix("pare ") { found.append(body) }
      }
      for command in found {
        var words = command.prefix { $0 != "#" && $0 != ">" && $0 != "|" }.split(separator: " ")
          .map(String.init)
        if words.contains("COMMAND") { words = ["pare", "--help"] }
        count += 1
        #expect(throws: Never.self, "\(command)") { _ = try parse(words, Command.all) }
      }
    }
    #expect(count >= Command.all.count)
  }

  @Test func `has the limits of every provider, as the tool has them`() throws {
    let rows = section("Limits").filter { $0.hasPrefix("| `") }
    #expect(rows.count == Provider.Name.allCases.count)
    for (name, row) in zip(Provider.Name.allCases, rows) {
      #expect(row.hasPrefix("| `\(name.rawValue)`"))
      for limit in Providers.provider(name).limits {
        #expect(row.contains(grouped(limit.bytes)), "\(limit)")
      }
    }
  }

  @Test func `names every provider where it explains the key`() {
    let row = section("Configuration").first { $0.hasPrefix("| `provider`") } ?? ""
    for name in Provider.Name.allCases { #expect(row.contains("\"\(name.rawValue)\"")) }
  }

  private func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text = "," + text }
      text = String(digit) + text
    }
    return text
  }
}
