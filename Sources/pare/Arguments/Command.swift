package import Model

/// One command of the tool: its words for `--help`, its options, and what it does.
package struct Command: Sendable {
  /// What follows the command's name beside options.
  package struct Operands: Sendable {
    /// As `--help` shows them: `[FUNCTION…]`.
    package let placeholder: String
    package let minimum: Int
    /// Nil for any number.
    package let maximum: Int?
    /// Where the first one must be one of a few words.
    package let choices: [String]

    package init(_ placeholder: String, _ minimum: Int, _ maximum: Int?, choices: [String] = []) {
      self.placeholder = placeholder
      self.minimum = minimum
      self.maximum = maximum
      self.choices = choices
    }

    package static let none = Operands("", 0, 0)
    package static let functions = Operands("[FUNCTION…]", 0, nil)
  }

  package struct Example: Sendable {
    package let line: String
    package let meaning: String

    package init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }

  package let name: String
  /// One line for the list of commands.
  package let summary: String
  /// Paragraphs for its own help; each is a line that gets wrapped.
  package let discussion: [String]
  package let operands: Operands
  package let options: [Option]
  package let examples: [Example]
  package let run: @Sendable (Invocation, Console) throws(Failure) -> ExitCode

  package init(
    _ name: String, _ summary: String, discussion: [String], operands: Operands,
    options: [Option], examples: [Example],
    run: @escaping @Sendable (Invocation, Console) throws(Failure) -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.operands = operands
    self.options = options
    self.examples = examples
    self.run = run
  }
}

/// What the process says to its parent.
package struct ExitCode: Hashable, Sendable, Comparable {
  package let rawValue: Int32

  package init(rawValue: Int32) { self.rawValue = rawValue }

  package static let success = ExitCode(rawValue: 0)
  /// A check failed, or there is a diagnostic of severity error.
  package static let checkFailed = ExitCode(rawValue: 1)
  package static let system = ExitCode(rawValue: 3)

  package init(_ diagnostics: [Diagnostic]) {
    self = diagnostics.contains { $0.severity == .error } ? .checkFailed : .success
  }

  /// The higher one is the worse one.
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
