import Bundling
import Files
import Model
import Reporting

/// What the report that is there says of functions that this run is not about: it stays, as long as
/// they are declared and their archives are there.
struct KeptRows {
  private let file: MappedFile?
  /// In the order of names, as the report has functions.
  private var rows: [EarlierRows.Row] = []

  init(of report: String?, _ found: Discovered) {
    let wanted = Set(found.asked.map { found.workspace.functions[$0].name })
    let others = Set(found.declared).subtracting(wanted)
    guard let report, !others.isEmpty, let file = try? MappedFile(report),
      let earlier = file.withBytes({ EarlierRows.find(in: $0) })
    else {
      file = nil
      return
    }
    self.file = file
    let project = found.workspace.project
    rows = earlier.filter { row in
      others.contains(row.name)
        && FileSystem.isFile(FileSystem.absolute(row.archive, in: project))
    }
  }

  /// Those that come before a function, or all that are left; each is handed out once.
  mutating func take(before name: String?) -> [[UInt8]] {
    let next =
      name.flatMap { name in
        rows.firstIndex { !$0.name.utf8.lexicographicallyPrecedes(name.utf8) }
      } ?? rows.endIndex
    defer { rows.removeFirst(next) }
    return rows[..<next].map { row in
      file?.withBytes { document in
        var bytes: [UInt8] = []
        bytes.reserveCapacity(row.bytes.count)
        for position in row.bytes { bytes.append(document[position]) }
        return bytes
      } ?? []
    }
  }
}
