import Model

/// What can be wrong with a document; each is one sentence.
enum TextProblem {
  case invalidUTF8
  case controlCharacter(UInt8)
  case bareCarriageReturn
  case expected(String, found: String)
  case unterminatedString
  case newlineInString
  case unknownEscape(String)
  case badUnicodeEscape(String)
  case badNumber(String, why: String)
  case integerTooLarge(String)
  case badDateTime(String, why: String)
  case unknownValue(String, hint: String?)
  case duplicateKey(String)
  case redefinedTable(String)
  case notATable(String, kind: String)
  case closedTable(String)
  case arrayIsClosed(String)
  case inlineTableNewline
  case trailingComma
  case tooDeep(Int)

  var message: String {
    switch self {
    case .invalidUTF8: "the file is not valid UTF-8"
    case .controlCharacter(let byte):
      "control character U+00\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true)) "
        + "is not allowed here"
    case .bareCarriageReturn: "a carriage return must be followed by a line feed"
    case .expected(let what, let found): "expected \(what), found \(found)"
    case .unterminatedString: "the string is not closed"
    case .newlineInString: "a string in single quotation marks ends on its own line"
    case .unknownEscape(let text): "unknown escape '\(text)'"
    case .badUnicodeEscape(let text): "'\(text)' is not a Unicode scalar value"
    case .badNumber(let text, let why): "'\(text)' is not a number: \(why)"
    case .integerTooLarge(let text): "'\(text)' does not fit in 64 bits"
    case .badDateTime(let text, let why): "'\(text)' is not a date or time: \(why)"
    case .unknownValue(let text, let hint):
      "'\(text)' is not a value" + (hint.map { "; \($0)" } ?? "")
    case .duplicateKey(let key): "'\(key)' is given twice"
    case .redefinedTable(let key): "table '\(key)' is defined twice"
    case .notATable(let key, let kind): "'\(key)' is \(kind), not a table"
    case .closedTable(let key): "'\(key)' is an inline table; nothing can be added to it"
    case .arrayIsClosed(let key):
      "'\(key)' is an array of values; '[[\(key)]]' cannot add to it"
    case .inlineTableNewline: "an inline table stays on one line"
    case .trailingComma: "a comma must be followed by another value here"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    }
  }
}

extension MalformedText {
  init(
    _ code: String, _ problem: TextProblem, at location: SourceLocation,
    first: SourceLocation? = nil
  ) {
    diagnostic = Diagnostic(
      .error, code, problem.message, at: location,
      notes: first.map { [.init("first defined here", at: $0)] } ?? [])
  }
}
