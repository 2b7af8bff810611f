package import Model
import Text

/// One thing that a record names, and the files that it means.
struct RecordedEntry {
  enum Key: Hashable {
    case needs, imports, include
    case distributionImport(String)
    case distributionData(String)
  }

  let key: Key
  let value: String
  let location: SourceLocation
  /// In the whole environment; empty where nothing is there any more.
  let files: [FileID]
}

extension Workspace {
  /// What a record says of a function, entry by entry.
  func entries(of table: Configuration.FunctionTable, for function: Function) -> [RecordedEntry] {
    let roots = (function.overlay.map { [$0] } ?? []) + targets[function.target].roots
    func files(where isMeant: (FileID) -> Bool) -> [FileID] {
      roots.flatMap { self.roots[$0].files.map { FileID($0) } }.filter(isMeant)
    }
    func owner(_ file: FileID) -> String? {
      self.files[file].distribution.map { distributions[$0].name }
    }
    func modules(_ dotted: String) -> [FileID] {
      let name = dotted.hasSuffix(".*") ? String(dotted.dropLast(2)) : dotted
      let base = name.split(separator: ".").joined(separator: "/")
      return roots.compactMap { module(base, in: $0) }.prefix(1).map(\.self)
    }
    var entries: [RecordedEntry] = []
    let layer = table.layer
    for need in layer.needs ?? [] {
      let name = normalisedName(need.value.prefix { $0 != "[" })
      entries.append(
        RecordedEntry(
          key: .needs, value: need.value, location: need.location,
          files: files { file in
            guard let id = self.files[file].distribution, distributions[id].name == name else {
              return false
            }
            return !self.files[file].path.string.hasPrefix(distributions[id].metadataFolder + "/")
          }))
    }
    for item in layer.imports ?? [] {
      entries.append(
        RecordedEntry(
          key: .imports, value: item.value, location: item.location, files: modules(item.value)))
    }
    for item in layer.include ?? [] {
      let glob = Glob(item.value)
      entries.append(
        RecordedEntry(
          key: .include, value: item.value, location: item.location,
          files: files { glob.matches(self.files[$0].path.string) || matches(glob, $0) }))
    }
    for (name, rule) in layer.distributions.sorted(by: { $0.key < $1.key }) {
      for value in rule.imports {
        entries.append(
          RecordedEntry(
            key: .distributionImport(name), value: value, location: rule.origin,
            files: modules(value)))
      }
      for value in rule.data {
        let glob = Glob(value)
        entries.append(
          RecordedEntry(
            key: .distributionData(name), value: value, location: rule.origin,
            files: files { owner($0) == name && glob.matches(self.files[$0].path.string) }))
      }
    }
    return entries
  }

  /// Whether the scan finds all that an entry means without it; of a distribution, any of it.
  func isFoundAnyway(
    _ entry: RecordedEntry, for function: Function, _ statics: StaticFindings?
  ) -> Bool {
    guard let statics, !entry.files.isEmpty else { return false }
    func isFound(_ file: FileID) -> Bool {
      archivePaths(of: file, function).contains(where: statics.paths.contains)
    }
    return entry.key == .needs
      ? entry.files.contains(where: isFound) : entry.files.allSatisfy(isFound)
  }
}

/// Entries of the record that the scan finds without them, as warnings; what is no longer there is told
/// by whoever looks for it.
///
/// - Parameter statics: what the scan finds without the record, by function.
package func staleRecords(
  _ workspace: Workspace, _ functions: [FunctionID], _ recorded: Recorded?,
  statics: [String: StaticFindings]
) -> [Diagnostic] {
  functions.flatMap { id -> [Diagnostic] in
    let function = workspace.functions[id]
    guard let table = recorded?[function.name] else { return [] }
    return workspace.entries(of: table, for: function).filter {
      workspace.isFoundAnyway($0, for: function, statics[function.name])
    }.map {
      .staleRecord(
        "the scan finds '\($0.value)' without it", at: $0.location, function: function.name)
    }
  }
}
