import Files
import Graph
import Model

/// What the configuration could say, and the requirements, each tried: what the provider's runtime has left
/// to it, symbols taken out, an extra not asked for.
func settingTrials(
  of before: Trials.Outcome, _ trial: Trials, progress: Progress
) throws(Failure) -> [Suggestion] {
  let workspace = trial.workspace
  var suggestions: [Suggestion] = []
  for change in [
    workspace.leavingProvided(before.functions), workspace.stripping(before.functions),
  ]
  .compactMap(\.self) + workspace.withoutExtras(before.functions) {
    let concerned = before.functions.filter { change.functions.contains($0.id) }
    let after = try trial.with(change.workspace).measure(
      concerned.map(\.id), edited: [:], isTrial: true, progress: progress)
    suggestions.append(
      Suggestion(
        kind: change.kind, location: change.location, brings: change.brings,
        settings: change.settings, savings: trial.savings(concerned, after.functions),
        doubts: [change.doubt]))
  }
  return suggestions
}

/// A project of which something is said otherwise.
private struct SettingChange {
  let kind: Suggestion.Kind
  let workspace: Workspace
  /// Whose archives may be others then.
  let functions: Set<FunctionID>
  let location: SourceLocation
  /// Names of the distributions that leave, or that are changed.
  let brings: [String]
  var settings: [String] = []
  let doubt: String
}

extension Workspace {
  /// Where a setting for all functions has its place.
  private var settingsPlace: SourceLocation {
    configuration.map { SourceLocation(path: $0.path) } ?? SourceLocation(path: "pare.toml")
  }

  /// `provided = "omit"` for all that say nothing of it; nil where nobody ships what it leaves out.
  fileprivate func leavingProvided(_ measured: [Trials.Measured]) -> SettingChange? {
    var targets = self.targets.rows
    var requirements = self.requirements
    var rows = functions.rows
    for id in functions.ids {
      let function = functions[id]
      let provided = Providers.provider(function.provider).provided
      guard !function.settings.statesProvided, !provided.isEmpty else { continue }
      let target = self.targets[function.target].omitting(provided)
      let position = targets.firstIndex(of: target) ?? targets.count
      if position == targets.count {
        targets.append(target)
        requirements.append(self.requirements[Int(function.target.index)])
      }
      rows[Int(id.index)] = function.with(target: TargetID(position))
    }
    let changed = Set(
      measured.map(\.id).filter { rows[Int($0.index)].target != functions[$0].target })
    let provided = self.shipped(by: measured.filter { changed.contains($0.id) }) { id in
      Provider.Name.allCases.contains {
        Providers.provider($0).provided.contains(distributions[id].name)
      }
    }
    guard !provided.isEmpty else { return nil }
    return SettingChange(
      kind: .provided,
      workspace: with(
        functions: Table(rows), targets: Table(targets), requirements: requirements),
      functions: changed, location: settingsPlace,
      brings: provided.map { distributions[$0].displayName }.uniqued(),
      settings: ["provided = \"omit\""],
      doubt: "their versions are the provider's then, and change without you; shipped are "
        + provided.map { "\(distributions[$0].displayName) \(distributions[$0].version)" }.uniqued()
        .joined(separator: ", "))
  }

  /// `strip = "unneeded"` for all that say nothing of it; nil where nobody ships a native library, or this
  /// machine has no tool to do it with.
  fileprivate func stripping(_ measured: [Trials.Measured]) -> SettingChange? {
    guard Stripper.isPossible else { return nil }
    let changed = measured.filter { item in
      !functions[item.id].settings.statesStrip
        && item.plan.entries.contains { Stripper.concerns($0.path) }
    }
    guard !changed.isEmpty else { return nil }
    let native = shipped(by: changed, where: { _ in true }) { Stripper.concerns($0) }
    let rows = functions.rows.map { function in
      guard !function.settings.statesStrip else { return function }
      var settings = function.settings
      settings.strip = .unneeded
      return function.with(settings: settings)
    }
    return SettingChange(
      kind: .strip,
      workspace: with(functions: Table(rows), targets: targets, requirements: requirements),
      functions: Set(changed.map(\.id)), location: settingsPlace,
      brings: native.map { distributions[$0].displayName }.uniqued(),
      settings: ["strip = \"unneeded\""],
      doubt: "the libraries are other bytes than their wheels', and traces of a crash have no names"
    )
  }

  /// Each extra that a requirement asks for, not asked for.
  fileprivate func withoutExtras(_ measured: [Trials.Measured]) -> [SettingChange] {
    let declarations = (requirements.flatMap(\.direct) + functions.rows.flatMap(\.declarations))
      .filter { !$0.extras.isEmpty && $0.origin != nil }
    let asked = Set(
      declarations.flatMap { item in
        item.extras.map {
          Extra(name: distributions[item.distribution].name, extra: $0, origin: item.origin)
        }
      }
    )
    return asked.sorted { $0.order < $1.order }.compactMap { change(without: $0, measured) }
  }

  private func change(without extra: Extra, _ measured: [Trials.Measured]) -> SettingChange? {
    guard let origin = extra.origin else { return nil }
    func without(_ item: Declaration) -> Declaration {
      guard distributions[item.distribution].name == extra.name, item.origin == origin else {
        return item
      }
      return Declaration(
        distribution: item.distribution, extras: item.extras.filter { $0 != extra.extra },
        origin: origin)
    }
    var required: Set<DistributionID> = []
    for graph in requirements {
      for (id, list) in graph.requirements where distributions[id].name == extra.name {
        graph.collect(list.filter { $0.extra == extra.extra }.map(\.to), into: &required)
      }
    }
    let concerned = measured.filter { !shipped(by: [$0], where: required.contains).isEmpty }
    guard !concerned.isEmpty else { return nil }
    let brings = shipped(by: concerned, where: required.contains)
    return SettingChange(
      kind: .extra,
      workspace: with(
        functions: Table(functions.rows.map { $0.declaring($0.declarations.map(without)) }),
        targets: targets,
        requirements: requirements.map {
          RequirementGraph(requirements: $0.requirements, direct: $0.direct.map(without))
        }),
      functions: Set(concerned.map(\.id)), location: origin,
      brings: ["\(extra.name)[\(extra.extra)]"]
        + brings.map { distributions[$0].displayName }.uniqued(),
      doubt: "whether a call of yours needs what it brings, 'pare verify --event' says")
  }

  private struct Extra: Hashable {
    let name: String
    let extra: String
    let origin: SourceLocation?

    var order: (String, String, String, Int) {
      (name, extra, origin?.path ?? "", origin?.line ?? 0)
    }
  }

  /// Of which archives have a file, sorted.
  private func shipped(
    by measured: [Trials.Measured], where isWanted: (DistributionID) -> Bool,
    path isWantedPath: (RelativePath) -> Bool = { _ in true }
  ) -> [DistributionID] {
    var found: Set<DistributionID> = []
    for entry in measured.lazy.flatMap(\.plan.entries) {
      guard case .file(let file) = entry.content, let id = files[file].distribution,
        isWanted(id), isWantedPath(entry.path)
      else { continue }
      found.insert(id)
    }
    return found.sorted()
  }

  private func with(
    functions: Table<Function>, targets: Table<Target>, requirements: [RequirementGraph]
  ) -> Workspace {
    Workspace(
      project: project, functions: functions, targets: targets, roots: roots, files: files,
      distributions: distributions, requirements: requirements, wheels: wheels,
      contests: contests, publicKeys: publicKeys, recordedFile: recordedFile,
      configuration: configuration,
      diagnostics: diagnostics)
  }
}

extension Target {
  fileprivate func omitting(_ names: [String]) -> Target {
    Target(
      runtime: runtime, architecture: architecture, roots: roots, prune: prune,
      optional: optional, distributions: distributions, omitted: names,
      runtimeModules: runtimeModules, archiveRoots: archiveRoots)
  }
}

extension RequirementGraph {
  /// With all that they require without an extra.
  fileprivate func collect(_ ids: [DistributionID], into found: inout Set<DistributionID>) {
    for id in ids where found.insert(id).inserted {
      collect((requirements[id] ?? []).filter { $0.extra == nil }.map(\.to), into: &found)
    }
  }
}
