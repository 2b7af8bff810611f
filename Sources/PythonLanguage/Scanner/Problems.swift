import Model

/// What can be wrong with a source or native file. All sentences of the scanner are made here.
struct Sentence {
  let code: String
  let message: String

  private init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  static func syntax(_ message: String) -> Sentence { Sentence("syntax-error", message) }

  static let nullByte = Sentence("null-byte", "source code cannot contain null bytes")
  static func unknownEncoding(_ name: String) -> Sentence {
    Sentence("unknown-encoding", "unknown encoding '\(name)'")
  }
  static func conflictingEncoding(_ name: String) -> Sentence {
    Sentence("unknown-encoding", "encoding '\(name)' contradicts the byte order mark")
  }
  static func invalidUTF8(_ byte: UInt8) -> Sentence {
    Sentence(
      "invalid-utf8", "byte 0x\(hex(byte)) is not valid UTF-8, and no encoding is declared")
  }

  static func neverClosed(_ opener: UInt8) -> Sentence {
    syntax("\(quoted(opener)) was never closed")
  }
  static func mismatched(_ closer: UInt8) -> Sentence {
    syntax("closing \(quoted(closer)) does not match the opening bracket")
  }
  static func unmatched(_ closer: UInt8) -> Sentence { syntax("unmatched \(quoted(closer))") }
  static func stray(_ byte: UInt8) -> Sentence {
    switch byte {
    case UInt8(ascii: "`"): syntax("backquotes are Python 2 syntax")
    case 0x21..<0x7F: syntax("invalid character \(quoted(byte))")
    default: syntax("invalid non-printable character 0x\(hex(byte))")
    }
  }
  static func invalidCharacter(_ scalar: Unicode.Scalar) -> Sentence {
    syntax("invalid character '\(scalar)' (U+\(hex(scalar.value)))")
  }
  static let adjacent = syntax("invalid syntax: two expressions side by side")
  static let leadingZeros = syntax("leading zeros in decimal integer literals are not permitted")
  static let unterminatedString = syntax("unterminated string literal")
  static let unterminatedTripleString = syntax("unterminated triple-quoted string literal")
  static let unterminatedFormattedString = syntax("unterminated f-string literal")

  static let unexpectedIndent = syntax("unexpected indent")
  static let expectedIndent = syntax("expected an indented block")
  static let unmatchedDedent = syntax("unindent does not match any outer indentation level")
  static let inconsistentTabs = syntax("inconsistent use of tabs and spaces in indentation")
  static let expectedColon = syntax("expected ':'")
  static func misplaced(_ keyword: String) -> Sentence {
    syntax("invalid syntax: '\(keyword)' without the statement that it belongs to")
  }
  static let expectedExcept = syntax("expected 'except' or 'finally' block")
  static let malformedImport = syntax("malformed import statement")
  static let trailingComma = syntax(
    "trailing comma not allowed without surrounding parentheses")

  static let truncatedBinary = Sentence(
    "broken-binary", "the file ends before the tables that its header promises")
  static let unknownBinary = Sentence(
    "broken-binary", "neither an ELF, Mach-O nor PE file")

  private static func quoted(_ byte: UInt8) -> String { "'\(Unicode.Scalar(byte))'" }

  private static func hex(_ value: some BinaryInteger) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, (value > 0xFF ? 4 : 2) - digits.count)) + digits
  }
}

/// The first problem of each code: what follows a syntax error is mostly its echo.
struct ProblemList {
  private(set) var problems: [Problem] = []

  mutating func add(_ sentence: Sentence, line: UInt32, column: UInt32) {
    guard !problems.contains(where: { $0.code == sentence.code }) else { return }
    problems.append(Problem(sentence.code, sentence.message, line: line, column: column))
  }
}
