import Files
import Text

/// What `dist/report.json` says, as far as tests ask.
struct PackageReport {
  struct Entry {
    let path: String
    let reason: String
    let unzipped: Int64
    let zipped: Int64
  }

  struct Function {
    let name: String
    let unzipped: Int64
    let zipped: Int64
    let entries: [Entry]
  }

  struct Layer {
    let name: String
    let paths: [String]
  }

  let functions: [Function]
  let layers: [Layer]

  init(_ path: String) throws {
    try self.init(try FileSystem.read(path))
  }

  init(_ bytes: [UInt8]) throws {
    let report = try JSON.read(bytes, path: "report.json")
    functions = try report["functions"].elements.map { function in
      Function(
        name: try function["name"].text, unzipped: try function["unzipped"].number,
        zipped: try function["zipped"].number,
        entries: try function["entries"].elements.map { entry in
          Entry(
            path: try entry["path"].text, reason: try entry["reason"].text,
            unzipped: try entry["unzipped"].number, zipped: try entry["zipped"].number)
        })
    }
    layers = try (report.table?["layers"]?.array ?? []).map { layer in
      Layer(
        name: try layer["name"].text,
        paths: try layer["entries"].elements.map { try $0["path"].text })
    }
  }
}

struct Unexpected: Error {
  let what: String
}

extension Datum {
  subscript(_ key: String) -> Datum {
    get throws {
      guard let value = table?[key] else { throw Unexpected(what: "no '\(key)' in \(kindName)") }
      return value
    }
  }

  var elements: [Datum] {
    get throws {
      guard let array else { throw Unexpected(what: "\(kindName), not an array") }
      return array
    }
  }

  var text: String {
    get throws {
      guard let string else { throw Unexpected(what: "\(kindName), not a string") }
      return string
    }
  }

  var number: Int64 {
    get throws {
      guard case .integer(let value) = content else {
        throw Unexpected(what: "\(kindName), not an integer")
      }
      return value
    }
  }
}
