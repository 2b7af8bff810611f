package import Model

/// One value of a TOML or JSON document, with the place where it was written.
package struct Datum: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// TOML only.
    case dateTime(DateTime)
    /// JSON only.
    case null
    case array([Datum])
    case table(DatumTable)
  }

  package let content: Content
  /// The first byte of the value; for tables the header or key that made them.
  package let location: SourceLocation

  package init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  package var string: String? {
    if case .string(let value) = content { value } else { nil }
  }

  package var array: [Datum]? {
    if case .array(let value) = content { value } else { nil }
  }

  package var table: DatumTable? {
    if case .table(let value) = content { value } else { nil }
  }

  /// As a sentence names it: "a string".
  package var kindName: String {
    switch content {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .dateTime: "a date or time"
    case .null: "null"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// Keys and values in the order in which they were written. Keys are compared by their bytes:
/// `String`'s own `==` would take two different spellings of 'é' for one.
package struct DatumTable: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let keyLocation: SourceLocation
    package let value: Datum
  }

  package let entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  package func entry(_ key: String) -> Entry? {
    entries.first { $0.key.utf8.elementsEqual(key.utf8) }
  }

  package subscript(_ key: String) -> Datum? { entry(key)?.value }
}

/// A date, a time, or both, with or without an offset, as RFC 3339 writes them.
package struct DateTime: Hashable, Sendable {
  package struct Date: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int
  }

  package struct Time: Hashable, Sendable {
    package let hour: Int
    package let minute: Int
    package let second: Int
    /// Digits beyond the ninth are cut off.
    package let nanosecond: Int
  }

  package let date: Date?
  package let time: Time?
  /// East of UTC; nil for a local date-time.
  package let offsetMinutes: Int?
}

/// A document that breaks its format's rules.
package struct MalformedText: Error, Sendable {
  package let diagnostic: Diagnostic

  package init(diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}
