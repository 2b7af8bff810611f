package import Model

/// A command line, understood: which command, its options' values, its operands.
package struct Invocation: Sendable {
  package let command: Command
  package let operands: [String]
  private let operandWords: [Int]
  private let line: TypedLine
  /// By name, in the order in which they were given; a flag has empty texts.
  private let values: [String: [String]]

  package init(
    command: Command, operands: [String], operandWords: [Int], values: [String: [String]],
    line: TypedLine
  ) {
    self.command = command
    self.operands = operands
    self.operandWords = operandWords
    self.values = values
    self.line = line
  }

  /// The line as typed, with that operand underlined.
  package func excerpt(ofOperand position: Int) -> Diagnostic.Excerpt {
    line.excerpt(operandWords[position])
  }

  package func has(_ option: Option) -> Bool { values[option.name] != nil }

  /// The last one given; nil where none is.
  package func text(_ option: Option) -> String? { values[option.name]?.last }

  package func texts(_ option: Option) -> [String] { values[option.name] ?? [] }

  /// For `.count`, whose texts are checked while they are parsed.
  package func count(_ option: Option) -> Int? { text(option).flatMap { Int($0) } }

  package var format: Format { text(.format).flatMap { Format(rawValue: $0) } ?? .text }

  package enum Format: String, Sendable {
    case text, json, jsonl, markdown, github, sarif, dot, mermaid, folded, svg
  }
}
