import Model
import Text

/// A value of a document that is not what its place asks for.
struct Misfit: Error {
  let problem: String
  let location: SourceLocation
}

/// The keys of one object of a document, read as what they have to be.
struct Fields {
  private let table: DatumTable
  let location: SourceLocation

  /// Throws where the value is no object.
  init(_ datum: Datum) throws(Misfit) {
    guard let table = datum.table else {
      throw Misfit(
        problem: "\(datum.kindName) stands where an object should", location: datum.location)
    }
    self.table = table
    location = datum.location
  }

  /// Nil where there is no such key, and for null.
  func optional(_ key: String) -> Datum? {
    guard let datum = table[key], datum.content != .null else { return nil }
    return datum
  }

  private func value(_ key: String) throws(Misfit) -> Datum {
    guard let datum = table[key] else {
      throw Misfit(problem: "an object has no key '\(key)'", location: location)
    }
    return datum
  }

  private func misfit(_ key: String, _ wanted: String, _ datum: Datum) -> Misfit {
    Misfit(problem: "'\(key)' is \(datum.kindName), not \(wanted)", location: datum.location)
  }

  func text(_ key: String) throws(Misfit) -> String {
    let datum = try value(key)
    guard let text = datum.string else { throw misfit(key, "a string", datum) }
    return text
  }

  func optionalText(_ key: String) throws(Misfit) -> String? {
    optional(key) == nil ? nil : try text(key)
  }

  func flag(_ key: String) throws(Misfit) -> Bool {
    let datum = try value(key)
    guard case .boolean(let flag) = datum.content else {
      throw misfit(key, "true or false", datum)
    }
    return flag
  }

  func object(_ key: String) throws(Misfit) -> Fields { try Fields(try value(key)) }

  /// Counts, sizes and positions are never negative.
  func number(_ key: String) throws(Misfit) -> Int {
    let datum = try value(key)
    guard case .integer(let number) = datum.content, number >= 0, number < 1 << 53 else {
      throw misfit(key, "a number of at least 0", datum)
    }
    return Int(number)
  }

  func optionalNumber(_ key: String) throws(Misfit) -> Int? {
    optional(key) == nil ? nil : try number(key)
  }

  /// A position in a table of `count` rows; nil where the key is not there.
  func position(_ key: String, below count: Int) throws(Misfit) -> Int? {
    guard let position = try optionalNumber(key) else { return nil }
    guard position < count else {
      throw Misfit(problem: "'\(key)' is \(position), of \(count)", location: location)
    }
    return position
  }

  func array(_ key: String) throws(Misfit) -> [Datum] {
    let datum = try value(key)
    guard let array = datum.array else { throw misfit(key, "an array", datum) }
    return array
  }

  func rows<Row>(
    _ key: String, _ row: (Fields) throws(Misfit) -> Row
  ) throws(Misfit) -> [Row] {
    var rows: [Row] = []
    for datum in try array(key) { rows.append(try row(try Fields(datum))) }
    return rows
  }

  /// The text of `key` as one of the words that `choice` knows.
  func choice<Value>(_ key: String, _ choice: (String) -> Value?) throws(Misfit) -> Value {
    let word = try text(key)
    guard let value = choice(word) else {
      throw Misfit(problem: "'\(key)' is '\(word)', which has no meaning", location: location)
    }
    return value
  }

  /// `{"file", "line", "column"}`
  func place(_ key: String) throws(Misfit) -> SourceLocation? {
    guard let datum = optional(key) else { return nil }
    let fields = try Fields(datum)
    return SourceLocation(
      path: try fields.text("file"), line: try fields.optionalNumber("line") ?? 0,
      column: try fields.optionalNumber("column") ?? 0)
  }

  /// The keys and numbers of an object.
  func counts(_ key: String) throws(Misfit) -> [(reason: String, count: Int)] {
    let fields = try Fields(try value(key))
    var counts: [(reason: String, count: Int)] = []
    for entry in fields.table.entries {
      counts.append((entry.key, try fields.number(entry.key)))
    }
    return counts
  }
}
