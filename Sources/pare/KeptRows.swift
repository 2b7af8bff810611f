import Bundling
import Files
import Model
import Reporting

/// What the report that is there says of functions that this run is not about: it stays, as long as
/// they are declared and their archives are there.
struct KeptRows {
  struct Row {
    let name: String
    let rendered: [UInt8]
    /// Nil where the archive's hash is not known.
    let inManifest: [UInt8]?
  }

  /// As the new report has them, in the order of their names.
  private var rows: [Row] = []
  /// Layers that functions of these rows attach, and none of this run.
  private(set) var layers: [Report.Layer] = []
  /// Says where the report that is there cannot be used; then nothing of it is kept.
  private(set) var diagnostics: [Diagnostic] = []

  init(of report: String?, _ found: Discovered) {
    let wanted = Set(found.asked.map { found.workspace.functions[$0].name })
    let others = Set(found.declared).subtracting(wanted)
    guard let report, !others.isEmpty, let bytes = try? FileSystem.read(report) else { return }
    let workspace = found.workspace
    do throws(UnusableReport) {
      var kept: [Row] = []
      let rest = try ReportReader.read(bytes, path: workspace.shown(report)) { row in
        guard others.contains(row.name),
          FileSystem.isFile(FileSystem.absolute(row.archive, in: workspace.project))
        else { return }
        kept.append(
          Row(
            name: row.name, rendered: ReportDocument.rendered(row),
            inManifest: row.inManifest(of: found)))
      }
      let remade = Set(
        found.asked.flatMap { workspace.functions[$0].layers }.map { workspace.layers[$0].name })
      layers = rest.layers.filter { layer in
        !remade.contains(layer.name) && workspace.layers.rows.contains { $0.name == layer.name }
          && FileSystem.isFile(FileSystem.absolute(layer.archive, in: workspace.project))
      }
      rows = kept.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    } catch {
      diagnostics = [.nothingKept(error.diagnostic)]
    }
  }

  /// Those that come before a function, or all that are left; each is handed out once.
  mutating func take(before name: String?) -> [Row] {
    let next =
      name.flatMap { name in
        rows.firstIndex { !$0.name.utf8.lexicographicallyPrecedes(name.utf8) }
      } ?? rows.endIndex
    defer { rows.removeFirst(next) }
    return Array(rows[..<next])
  }
}

extension Report.Layer {
  /// Where `OUTPUT/manifest.json` says that it lies.
  func archiveInManifest(of found: Discovered) -> String {
    FileSystem.relative(
      FileSystem.absolute(archive, in: found.workspace.project), to: found.output)
  }
}

extension Report.Function {
  /// Its part of `OUTPUT/manifest.json`; nil where it has no archive.
  func inManifest(of found: Discovered) -> [UInt8]? {
    let path = FileSystem.absolute(archive, in: found.workspace.project)
    return ManifestDocument.rendered(self, archive: FileSystem.relative(path, to: found.output))
  }
}
