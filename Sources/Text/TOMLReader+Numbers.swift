import Model

/// What is written without quotation marks or brackets: booleans, numbers, dates and times.
extension TOMLReader {
  mutating func bareValue() throws(MalformedText) -> Datum.Content {
    let start = cursor.offset
    cursor.skip(while: Self.isBareByte)
    // A space may stand between a date and a time: `1979-05-27 07:32:00Z`.
    if cursor.offset - start == 10, cursor.byte == UInt8(ascii: " "),
      cursor.bytes[start + 4] == UInt8(ascii: "-"), cursor.byte(ahead: 1)?.isDigit == true
    {
      cursor.skip()
      cursor.skip(while: Self.isBareByte)
    }
    let token = cursor.bytes[start..<cursor.offset]
    let written = text(from: start)
    guard let first = token.first else { throw expected("a value") }
    switch written {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    do throws(TextProblem.Thrown) {
      if token.count >= 5,
        token.dropFirst(2).first == UInt8(ascii: ":") || Self.startsWithDate(token)
      {
        return .dateTime(try DateTime(written, token))
      }
      if first.isDigit || first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
        return try Self.number(written, token)
      }
    } catch {
      throw failure(error.problem, at: start)
    }
    throw failure(.unknownValue(written, hint: Self.hint(for: written)), at: start)
  }

  private static func isBareByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "#"),
      UInt8(ascii: "\""), UInt8(ascii: "'"), 0x7F:
      false
    default: byte > 0x20
    }
  }

  private static func startsWithDate(_ token: ArraySlice<UInt8>) -> Bool {
    token.prefix(4).allSatisfy(\.isDigit) && token.dropFirst(4).first == UInt8(ascii: "-")
  }

  private static func hint(for written: String) -> String? {
    switch written.lowercased() {
    case "true", "yes", "on": "did you mean 'true'?"
    case "false", "no", "off": "did you mean 'false'?"
    case "none", "null", "nil": "TOML has no such value; leave the key out"
    default: "strings need quotation marks"
    }
  }

  // MARK: Numbers

  private static func number(
    _ written: String, _ token: ArraySlice<UInt8>
  ) throws(TextProblem.Thrown) -> Datum.Content {
    func refuse(_ why: String) -> TextProblem.Thrown { .init(.badNumber(written, why: why)) }
    var digits = token
    let sign =
      digits.first == UInt8(ascii: "+") || digits.first == UInt8(ascii: "-")
      ? digits.removeFirst() : nil
    let isNegative = sign == UInt8(ascii: "-")

    if digits.first == UInt8(ascii: "0"), let letter = digits.dropFirst().first,
      let radix = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2][letter]
    {
      guard sign == nil else { throw refuse("only decimal numbers have a sign") }
      let plain = try withoutUnderscores(digits.dropFirst(2), written) {
        ($0.hexadecimalValue ?? 99) < radix
      }
      guard let value = Int64(plain, radix: radix) else {
        throw .init(.integerTooLarge(written))
      }
      return .integer(value)
    }

    let mantissaEnd =
      digits.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") } ?? digits.endIndex
    let mantissa = digits[..<mantissaEnd]
    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissaEnd
    let whole = try withoutUnderscores(mantissa[..<point], written, where: \.isDigit)
    guard whole.utf8.count == 1 || whole.utf8.first != UInt8(ascii: "0") else {
      throw refuse("no leading zeros")
    }
    let signText = isNegative ? "-" : ""
    if point == digits.endIndex {
      guard let value = Int64(signText + whole) else { throw .init(.integerTooLarge(written)) }
      return .integer(value)
    }
    var plain = signText + whole
    if point < mantissaEnd {
      let fraction = mantissa[(point + 1)...]
      plain += try "." + withoutUnderscores(fraction, written, where: \.isDigit)
    }
    if mantissaEnd < digits.endIndex {
      var exponent = digits[(mantissaEnd + 1)...]
      plain += "e"
      if let first = exponent.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
        exponent.removeFirst()
        plain += first == UInt8(ascii: "-") ? "-" : ""
      }
      plain += try withoutUnderscores(exponent, written, where: \.isDigit)
    }
    guard let value = Double(plain) else { throw refuse("it cannot be read") }
    return .float(value)
  }

  /// Digits with an underscore between two of them, nowhere else.
  private static func withoutUnderscores(
    _ digits: ArraySlice<UInt8>, _ written: String, where isDigit: (UInt8) -> Bool
  ) throws(TextProblem.Thrown) -> String {
    var plain = ""
    var wasDigit = false
    for byte in digits {
      if byte == UInt8(ascii: "_"), wasDigit {
        wasDigit = false
      } else if isDigit(byte) {
        plain.unicodeScalars.append(Unicode.Scalar(byte))
        wasDigit = true
      } else {
        let found = byte < 0x80 ? "'\(Unicode.Scalar(byte))' is out of place" : "not a digit"
        throw .init(.badNumber(written, why: found))
      }
    }
    guard wasDigit else { throw .init(.badNumber(written, why: "a digit is missing")) }
    return plain
  }
}

extension TextProblem {
  /// A problem on its way to the reader, which knows the place.
  struct Thrown: Error {
    let problem: TextProblem
    init(_ problem: TextProblem) { self.problem = problem }
  }
}

extension DateTime {
  /// `1979-05-27T07:32:00.5-07:00` and each part that may stand alone.
  fileprivate init(_ written: String, _ token: ArraySlice<UInt8>) throws(TextProblem.Thrown) {
    var rest = token
    func refuse(_ why: String) -> TextProblem.Thrown { .init(.badDateTime(written, why: why)) }
    func number(
      _ count: Int, _ range: ClosedRange<Int>, _ what: String
    ) throws(TextProblem.Thrown)
      -> Int
    {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy(\.isDigit) else {
        throw refuse("the \(what) needs \(count) digits")
      }
      rest = rest.dropFirst(count)
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard range.contains(value) else { throw refuse("the \(what) is out of range") }
      return value
    }
    func take(_ byte: UInt8) throws(TextProblem.Thrown) {
      guard rest.first == byte else { throw refuse("'\(Unicode.Scalar(byte))' is missing") }
      rest = rest.dropFirst()
    }

    var date: Date?
    var time: Time?
    var offset: Int?
    if rest.dropFirst(4).first == UInt8(ascii: "-") {
      let year = try number(4, 0...9999, "year")
      try take(UInt8(ascii: "-"))
      let month = try number(2, 1...12, "month")
      try take(UInt8(ascii: "-"))
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      let day = try number(2, 1...lengths[month - 1], "day")
      date = Date(year: year, month: month, day: day)
    }
    if date == nil || !rest.isEmpty {
      if date != nil {
        guard let separator = rest.popFirst(),
          separator | 0x20 == UInt8(ascii: "t") || separator == 0x20
        else { throw refuse("'T' or a space belongs between date and time") }
      }
      let hour = try number(2, 0...23, "hour")
      try take(UInt8(ascii: ":"))
      let minute = try number(2, 0...59, "minute")
      try take(UInt8(ascii: ":"))
      // 60: a leap second, which RFC 3339 allows.
      let second = try number(2, 0...60, "second")
      var nanosecond = 0
      if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        let fraction = rest.prefix(while: \.isDigit)
        guard !fraction.isEmpty else { throw refuse("the fraction needs a digit") }
        for position in 0..<9 {
          let digit = position < fraction.count ? fraction[fraction.startIndex + position] : 0x30
          nanosecond = nanosecond * 10 + Int(digit - 0x30)
        }
        rest = rest.dropFirst(fraction.count)
      }
      time = Time(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
      if date != nil, let first = rest.first {
        rest = rest.dropFirst()
        switch first {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): offset = 0
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
          let hours = try number(2, 0...23, "offset's hour")
          try take(UInt8(ascii: ":"))
          let minutes = try number(2, 0...59, "offset's minute")
          offset = (first == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
        default: throw refuse("the offset is 'Z' or '+hh:mm'")
        }
      }
    }
    guard rest.isEmpty else { throw refuse("something follows it") }
    self.init(date: date, time: time, offsetMinutes: offset)
  }
}
