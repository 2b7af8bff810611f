import Graph
import Model

/// A distribution that functions ship for few of its names:
///
///     import pandas as pd             # all that the team's own code has of pandas
///     day = pd.Timestamp(text)        # and all that it uses of it
struct SmallUse {
  /// Every line of the team's own, in these functions, that imports from it.
  let lines: [OwnLine.Key]
  /// Dotted, sorted.
  let used: [String]
  /// That take the lines out.
  let edits: [Edit]
  let brings: [String]
  /// Zipped bytes of the largest of the functions' that hang on these lines.
  let zipped: Int

  func suggestion(saving savings: [Suggestion.Saving], _ workspace: Workspace) -> Suggestion {
    Suggestion(
      kind: .smallUse,
      location: SourceLocation(
        path: workspace.shownPath(of: lines[0].file), line: lines[0].line),
      brings: brings, used: used, edits: edits, savings: savings,
      doubts: ["only a person knows what can do the same"])
  }
}

/// More than these are no small use.
private let fewNames = 3

/// Distributions whose import lines bring much, and of which few names are used there; what brings most
/// is first.
func smallUses(
  of before: Trials.Outcome, _ sources: inout OwnSources
) throws(Failure) -> [SmallUse] {
  var found: [[OwnLine.Key]: SmallUse] = [:]
  var uses: [[OwnLine.Key]: (used: [String], edits: [Edit])?] = [:]
  for item in before.functions {
    let stock = before.stocks.rows[item.stock]
    let weights = Weights(item.plan, item.sizes, nodes: stock.graph.nodes.count)
    var search = Search(stock.links)
    for (distribution, imported) in stock.ownImports(of: item.reach).sorted(by: { $0.key < $1.key })
    {
      let lost = search.lost(
        from: item.reach, overlay: stock.workspace.functions[item.id].overlay,
        without: EmptyCollection(), edges: imported.edges)
      let zipped = weights.sum(lost).zipped
      guard zipped >= item.leastSaving,
        lost.contains(where: { stock.graph.nodes[$0].distribution == distribution })
      else { continue }
      let lines = imported.lines.sorted()
      if uses[lines] == nil {
        uses.updateValue(try sources.uses(at: lines, of: imported.modules), forKey: lines)
      }
      guard case .some(.some(let use)) = uses[lines], zipped > found[lines]?.zipped ?? 0 else {
        continue
      }
      found[lines] = SmallUse(
        lines: lines, used: use.used, edits: use.edits,
        brings: Array(stock.names(of: lost, by: weights).prefix(4)), zipped: zipped)
    }
  }
  return found.values.sorted { ($1.zipped, $0.lines[0]) < ($0.zipped, $1.lines[0]) }
}

/// The team's own lines that import from one distribution.
private struct OwnImports {
  var lines: Set<OwnLine.Key> = []
  var edges: Set<Int> = []
  /// The first parts of the names of what is imported.
  var modules: Set<String> = []
}

extension Stock {
  fileprivate func ownImports(of reach: Reach) -> [DistributionID: OwnImports] {
    var found: [DistributionID: OwnImports] = [:]
    for node in reach.nodes {
      for edge in graph.edges(from: node) where edge.kind.isImport {
        guard let place = edge.place, place.line > 0, isFirstParty(place),
          let distribution = graph.nodes[edge.to].distribution
        else { continue }
        let key = OwnLine.Key(file: place.file, line: Int(place.line))
        found[distribution, default: OwnImports()].lines.insert(key)
        found[distribution, default: OwnImports()].edges
          .formUnion(edges(onLineOf: place, from: node))
        found[distribution, default: OwnImports()].modules
          .insert(String(graph.nodes[edge.to].name.prefix { $0 != "." }))
      }
    }
    return found
  }
}

extension OwnSources {
  /// What the files use of what those lines import, and the edits that take the lines out; nil where that
  /// is more than a few names, cannot be told, or where a line imports something else, too.
  ///
  /// - Parameter modules: names at the top that are the distribution's.
  fileprivate mutating func uses(
    at lines: [OwnLine.Key], of modules: Set<String>
  ) throws(Failure) -> (used: [String], edits: [Edit])? {
    var used: Set<String> = []
    var edits: [Edit] = []
    for (file, keys) in Dictionary(grouping: lines, by: \.file).sorted(by: { $0.key < $1.key }) {
      let text = try text(file)
      let statements = keys.map { language.importStatement(atLine: $0.line, in: text) }
      let skipped = statements.compactMap { $0?.lines }
      guard skipped.count == keys.count else { return nil }
      for case let statement? in statements {
        for name in statement.names {
          guard
            let names = names(of: name, from: statement.module, modules, in: text, skipped)
          else { return nil }
          used.formUnion(names)
        }
        edits.append(try removal(of: statement, in: file))
      }
    }
    return used.count <= fewNames ? (used.sorted(), edits) : nil
  }

  /// The dotted names that one part of an import statement gives a file; nil where they cannot be told.
  private func names(
    of name: ImportStatement.Name, from module: String?, _ modules: Set<String>, in text: [UInt8],
    _ skipped: [ClosedRange<Int>]
  ) -> [String]? {
    let path = (module.map { "\($0)." } ?? "") + name.name
    guard modules.contains(String(path.prefix { $0 != "." })) else { return nil }
    // `from pandas import Timestamp` says it.
    if module != nil { return [path] }
    guard let members = language.members(of: name.bound, in: text, skipping: skipped),
      !members.isEmpty
    else { return nil }
    let parts = path.split(separator: ".").map(String.init)
    var names: [String] = []
    for member in members {
      // `import a.b` binds `a`, of which `a.b.c` is read.
      let chain = name.alias == nil ? [parts[0]] + member : parts + member
      let known = zip(chain, parts).prefix { $0 == $1 }.count
      guard known < chain.count else { return nil }
      names.append(chain[...known].joined(separator: "."))
    }
    return names
  }
}
