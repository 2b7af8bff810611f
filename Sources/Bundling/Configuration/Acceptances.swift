import Model
import Text

extension ConfigurationReader {
  static let acceptKeys = ["function", "bytes", "reason"]

  /// `[[accept]]`: what growth the repository accepts.
  mutating func acceptances(_ entry: DatumTable.Entry) -> [Acceptance] {
    guard let rows = entry.value.array else {
      diagnostics.append(
        .wrongType(
          entry.key, wanted: "an array of tables", found: entry.value.kindName,
          at: entry.value.location))
      return []
    }
    return rows.compactMap { acceptance($0) }
  }

  private mutating func acceptance(_ row: Datum) -> Acceptance? {
    guard let table = row.table else {
      diagnostics.append(
        .wrongType("accept", wanted: "an array of tables", found: row.kindName, at: row.location))
      return nil
    }
    var function: String?
    var bytes: Int?
    var reason: String?
    let before = diagnostics.count
    for key in table.entries {
      switch key.key {
      case "function": function = text(key)?.value
      case "bytes": bytes = size(key)
      case "reason": reason = text(key)?.value
      default: unknown(key, in: "'accept'", known: Self.acceptKeys)
      }
    }
    guard let function, let bytes, let reason else {
      guard diagnostics.count == before else { return nil }
      let missing = function == nil ? "function" : bytes == nil ? "bytes" : "reason"
      diagnostics.append(.badAcceptance(missing, at: row.location))
      return nil
    }
    return Acceptance(
      function: function, bytes: bytes, reason: reason, location: row.location)
  }
}
