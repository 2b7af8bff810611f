import Model
import Text

/// One exception of a chain, as the harness tells it.
struct RaisedError: Equatable {
  struct Frame: Equatable {
    /// Inside the archive.
    let path: String
    let line: Int
  }

  let type: String
  let message: String
  /// Outermost first; only those inside the archive.
  let frames: [Frame]
  /// `libfoo.so.1`, which a native module is linked against.
  let missingLibrary: String?
  /// `name` of an `ImportError`.
  let missingModule: String?
  /// Of a `FileNotFoundError`, inside the archive.
  let missingFile: String?
  /// Of a `KeyError`, where it is a string.
  let missingKey: String?

  init(_ table: DatumTable) {
    type = table["type"]?.string ?? "Exception"
    message = table["message"]?.string ?? ""
    frames = (table["frames"]?.array ?? []).compactMap { frame in
      guard let parts = frame.array, parts.count == 2, let path = parts[0].string,
        case .integer(let line) = parts[1].content
      else { return nil }
      return Frame(path: path, line: Int(line))
    }
    let quoted = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    if message.hasPrefix("cannot import name '"), quoted.count >= 4 {
      // `cannot import name 'b' from 'a'`: the submodule `a.b`, where that is one.
      missingModule = "\(quoted[3]).\(quoted[1])"
    } else {
      missingModule = table["missing"]?.string
    }
    let words = message.split(separator: ":")
    missingLibrary =
      words.dropFirst().first?.hasPrefix(" cannot open shared object file") == true
      ? words.first.map(String.init) : nil
    missingFile = table["file"]?.string
    missingKey = table["key"]?.string
  }

  var sentence: String { message.isEmpty ? type : "\(type): \(message)" }

  var saysWhatIsMissing: Bool { missingModule != nil || missingFile != nil }
}

extension Workspace {
  /// The file at a path below a root.
  func file(_ path: RelativePath, in root: RootID) -> FileID? {
    let range = roots[root].files
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if files.rows[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < range.upperBound && files.rows[low].path == path ? FileID(low) : nil
  }

  /// The file of a module (`a/b` for `a.b`) or the first one below its folder.
  func module(_ base: String, in root: RootID) -> FileID? {
    for path in ["\(base)/__init__.py", "\(base).py"] {
      if let file = file(RelativePath(path), in: root) { return file }
    }
    // `a/b.cpython-312-x86_64-linux-gnu.so`, `a/b/c.py`
    for index in roots[root].files {
      let path = files.rows[index].path.string
      guard path.hasPrefix(base) else { continue }
      let rest = path.dropFirst(base.count)
      if rest.hasPrefix(".") && rest.hasSuffix(".so") || rest.hasPrefix("/") {
        return FileID(index)
      }
    }
    return nil
  }
}
