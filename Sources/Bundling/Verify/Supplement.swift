import Model

/// What would be added to a function's settings so that its archive has what a run in the whole
/// environment has used.
package struct Supplement: Hashable, Sendable {
  package struct Rule: Hashable, Sendable {
    package var imports: Set<String> = []
    package var data: Set<String> = []
  }

  package var needs: Set<String> = []
  package var imports: Set<String> = []
  package var include: Set<String> = []
  /// By normalised name.
  package var distributions: [String: Rule] = [:]

  package init() {}

  package var isEmpty: Bool {
    needs.isEmpty && imports.isEmpty && include.isEmpty
      && distributions.values.allSatisfy { $0.imports.isEmpty && $0.data.isEmpty }
  }

  package mutating func add(_ other: Supplement) {
    needs.formUnion(other.needs)
    imports.formUnion(other.imports)
    include.formUnion(other.include)
    for (name, rule) in other.distributions {
      distributions[name, default: Rule()].imports.formUnion(rule.imports)
      distributions[name, default: Rule()].data.formUnion(rule.data)
    }
  }

  /// As tables of TOML, without a line end at the end: the function's, whose header is `table`, and those
  /// of distributions below it. Everything is sorted by bytes.
  package func tables(_ table: String) -> String {
    var tables: [String] = []
    let own = [("needs", needs), ("import", imports), ("include", include)]
    tables.append(lines(of: "[\(table)]", own))
    for (name, rule) in distributions.sorted(by: { $0.key < $1.key })
    where !rule.imports.isEmpty || !rule.data.isEmpty {
      tables.append(
        lines(
          of: "[\(table).distributions.\(tomlKey(name))]",
          [("import", rule.imports), ("data", rule.data)]))
    }
    return tables.joined(separator: "\n\n")
  }

  /// Each setting on one line, as a person would say it: `needs = ["openpyxl"]`,
  /// `[distributions.celery] import = ["celery.backends.redis"]`.
  package var sentences: [String] {
    var sentences = [("needs", needs), ("import", imports), ("include", include)]
      .filter { !$0.1.isEmpty }.map { setting($0.0, $0.1) }
    for (name, rule) in distributions.sorted(by: { $0.key < $1.key }) {
      sentences += [("import", rule.imports), ("data", rule.data)].filter { !$0.1.isEmpty }.map {
        "[distributions.\(tomlKey(name))] " + setting($0.0, $0.1)
      }
    }
    return sentences
  }

  private func lines(of header: String, _ settings: [(String, Set<String>)]) -> String {
    ([header] + settings.filter { !$0.1.isEmpty }.map { setting($0.0, $0.1) })
      .joined(separator: "\n")
  }

  private func setting(_ key: String, _ values: Set<String>) -> String {
    "\(key) = " + tomlList(values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
