import Files
package import Model

/// The functions whose archives may be others than at a revision.
package struct Affected: Sendable {
  package struct Row: Hashable, Sendable {
    package let name: String
    /// Its archive, relative to the project's folder where it lies inside, else absolute.
    package let archive: String
    /// Never empty: `shared/db.py, imported by orders/app.py:3`, `requirements.txt: boto3`.
    package let reasons: [String]
  }

  /// By name.
  package let functions: [Row]
  /// How many there are in all.
  package let count: Int
  /// Names of functions that there were and are no more, sorted.
  package let removed: [String]
  package let project: String
  package let diagnostics: [Diagnostic]
}

/// Finds the functions whose archives a revision would have had otherwise: both states are traced as
/// for packaging, and what each function ships is compared, file by file. Environments that Git does not
/// keep are taken as they are now; where files that say what is in them have changed, whoever ships
/// something of that is affected. So is whatever could not be packaged in one of the states.
///
/// Throws `.usage` where there is no such revision or no repository, `.system` without `git`.
package func affected(
  _ options: Options, since revision: String, languages: [any Language]
) throws(Failure) -> Affected {
  let found = try discover(options, languages: languages)
  let project = FileSystem.realPath(found.workspace.project) ?? found.workspace.project
  let repository = try Repository(around: project)
  let commit = try repository.commit(revision)
  let changes = try repository.changes(since: commit)
  let now = try Shipment.all(found, languages: languages, jobs: options.jobs)
  let roots = found.workspace.roots.rows.filter { !$0.isFirstParty }.map(\.location)
  let past = try PastTree.make(
    of: repository, at: commit, project: project,
    environments: roots.compactMap(FileSystem.realPath),
    outputs: Set(found.workspace.functions.rows.map { RelativePath($0.archive).folder }).map {
      String($0)
    })
  var reasons: [String: [String]] = [:]
  func add(_ reason: String, to name: String) { reasons[name, default: []].append(reason) }

  var before: [String: Shipment] = [:]
  var declared = Set(found.declared)
  do throws(Failure) {
    var options = options
    options.project = past.project
    options.output = nil
    let earlier = try discover(options, languages: languages)
    before = try Shipment.all(earlier, languages: languages, jobs: options.jobs)
    declared.formUnion(earlier.declared)
  } catch {
    if error.kind == .interrupted { throw error }
    // In doubt, all are.
    let why = error.diagnostics.first?.message ?? "it cannot be read"
    for name in found.declared { add("the state at \(revision): \(why)", to: name) }
  }
  do throws(FileError) {
    for name in found.declared where reasons[name] == nil {
      guard let shipment = now[name] else {
        add("it cannot be packaged now", to: name)
        continue
      }
      guard let earlier = before[name] else {
        add("it could not be packaged at \(revision), or was not there", to: name)
        continue
      }
      for reason in try shipment.differences(from: earlier) { add(reason, to: name) }
    }
  } catch {
    throw Failure(error)
  }
  let comparison = EnvironmentChanges(
    changes, of: repository.folder,
    since: String(past.project.dropLast(project.utf8.count - repository.folder.utf8.count)))
  for (name, shipment) in now {
    for reason in comparison.reasons(for: shipment, before[name]) { add(reason, to: name) }
  }
  return Affected(
    functions: reasons.sorted { $0.key < $1.key }.map { name, reasons in
      let archive = now[name].map { found.workspace.shown($0.function.archive) }
      return Affected.Row(
        name: name, archive: archive ?? "", reasons: reasons.uniqued())
    }, count: found.declared.count, removed: declared.subtracting(found.declared).sorted(),
    project: found.workspace.project, diagnostics: found.refused)
}

/// Changes that concern environments which both states share.
private struct EnvironmentChanges {
  /// Files that say what is installed, with what they say differently.
  private let requirements: [(path: String, changes: RequirementChanges)]
  /// Below the repository.
  private let changed: [String]
  /// Absolute paths of the repository and of its past state.
  private let folder: String
  private let past: String

  init(_ changes: [String], of folder: String, since past: String) {
    changed = changes
    self.folder = folder
    self.past = past
    requirements = changes.filter(RequirementChanges.concerns).map { path in
      let before = try? FileSystem.read("\(past)/\(path)")
      let after = try? FileSystem.read("\(folder)/\(path)")
      return (path, RequirementChanges(path, before: before ?? [], after: after ?? []))
    }
  }

  func reasons(for shipment: Shipment, _ earlier: Shipment?) -> [String] {
    var reasons: [String] = []
    let shipped = shipment.distributions
    for (path, changes) in requirements {
      switch changes {
      case .anything: if !shipped.isEmpty { reasons.append(path) }
      case .distributions(let names):
        for name in names.sorted() where !shipped.isDisjoint(with: shipment.closure(of: [name])) {
          reasons.append("\(path): \(name)")
        }
      }
    }
    return reasons + (earlier.map { editable(shipment, $0) } ?? [])
  }

  /// A folder of the repository that an environment names (an editable install) is in both states what
  /// it is now, unless it is a source root of the project as well, which comes first.
  private func editable(_ shipment: Shipment, _ earlier: Shipment) -> [String] {
    let roots = earlier.target.roots.map { earlier.workspace.roots[$0].location }
    return roots.filter { $0 == folder || $0.hasPrefix(folder + "/") }.flatMap { root in
      let below = root.dropFirst(folder.utf8.count)
      let comesFirst = roots.contains(past + below)
      return changed.filter { "\(folder)/\($0)".hasPrefix(root + "/") }.compactMap { path in
        let isNew = FileSystem.kind(of: "\(past)/\(path)") == nil
        let isGone = FileSystem.kind(of: "\(folder)/\(path)") == nil
        if shipment.ships("\(folder)/\(path)") {
          return isNew || !comesFirst ? "\(path), in an editable install" : nil
        }
        return (isNew || isGone) && !comesFirst ? "\(path), in an editable install" : nil
      }
    }
  }
}
