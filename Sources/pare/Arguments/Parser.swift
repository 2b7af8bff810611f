package import Model
import Text

/// What a command line asks for.
package enum Request: Sendable {
  case run(Invocation)
  /// Help for one command, or the list of all.
  case help(Command?)
  case version
}

/// Reads a command line against the table of commands.
///
/// Options may stand before the command (`pare -C shop list`) and among its operands; `--` ends
/// them; `--opt=value`, `--opt value`, `-oVALUE`, `-o VALUE`, `-o=VALUE` and bundled flags (`-qn`)
/// are understood. Any mistake throws a usage failure that points at the word it is in.
///
/// - Parameter words: the program's name, then its arguments.
package func parse(_ words: [String], _ commands: [Command]) throws(Failure) -> Request {
  var parser = Parser(words: words, commands: commands)
  return try parser.parse()
}

private struct Parser {
  let words: [String]
  let commands: [Command]
  var position = 1
  var command: Command?
  var operands: [(text: String, word: Int)] = []
  var given: [(option: Option, text: String, word: Int)] = []
  var wantsHelp = false

  init(words: [String], commands: [Command]) {
    self.words = words
    self.commands = commands
  }

  mutating func parse() throws(Failure) -> Request {
    var optionsEnded = false
    while position < words.count {
      let word = words[position]
      if optionsEnded || word == "-" || !word.hasPrefix("-") {
        try addOperand(word)
      } else if word == "--" {
        optionsEnded = true
      } else if word.hasPrefix("--") {
        try addLong(word)
      } else {
        try addShort(word)
      }
      position += 1
    }
    return try finish()
  }

  private mutating func addOperand(_ word: String) throws(Failure) {
    guard command == nil else {
      operands.append((word, position))
      return
    }
    if word == "help" {
      wantsHelp = true
      if position + 1 < words.count {
        position += 1
        command = try find(words[position])
      }
      position = words.count
      return
    }
    command = try find(word)
  }

  private func find(_ word: String) throws(Failure) -> Command {
    if let command = commands.first(where: { $0.name == word }) { return command }
    throw usage(
      .unknownCommand(
        word, excerpt: excerpt(position),
        nearest: nearestMatch(to: word, among: commands.map(\.name))))
  }

  private mutating func addLong(_ word: String) throws(Failure) {
    let body = word.dropFirst(2)
    let name = String(body.prefix { $0 != "=" })
    let attached = body.firstIndex(of: "=").map { String(body[body.index(after: $0)...]) }
    guard let option = known.first(where: { $0.name == name }) else {
      throw usage(
        .unknownOption(
          "--" + name, command: command?.name,
          excerpt: excerpt(position, length: name.utf8.count + 2),
          nearest: nearestMatch(to: name, among: known.map(\.name)).map { "--" + $0 }))
    }
    guard option.takesValue else {
      guard attached == nil else {
        throw usage(
          .unwantedValue("--" + name, excerpt: excerpt(position, from: name.utf8.count + 3)))
      }
      return record(option, "")
    }
    if let attached { return try recordChecked(option, attached, from: name.utf8.count + 3) }
    try recordNextWord(option, spelled: "--" + name)
  }

  private mutating func addShort(_ word: String) throws(Failure) {
    var rest = word.dropFirst()
    while let letter = rest.popFirst() {
      let offset = word.utf8.count - rest.utf8.count
      guard let option = known.first(where: { $0.short == letter }) else {
        throw usage(
          .unknownOption(
            "-\(letter)", command: command?.name,
            excerpt: excerpt(position, from: offset - letter.utf8.count, length: letter.utf8.count),
            nearest: nil))
      }
      guard option.takesValue else {
        record(option, "")
        continue
      }
      if rest.isEmpty { return try recordNextWord(option, spelled: "-\(letter)") }
      let isSpelledOut = rest.first == "="
      return try recordChecked(
        option, String(isSpelledOut ? rest.dropFirst() : rest),
        from: offset + (isSpelledOut ? 1 : 0))
    }
  }

  private mutating func recordNextWord(_ option: Option, spelled: String) throws(Failure) {
    guard position + 1 < words.count, words[position + 1] != "--" else {
      throw usage(.missingValue(spelled, option.placeholder, excerpt: excerpt(position)))
    }
    // `--output --strict` is a forgotten value, not a folder of that name.
    let next = words[position + 1]
    if next.hasPrefix("--"), known.contains(where: { next.dropFirst(2) == $0.name }) {
      throw usage(.missingValue(spelled, option.placeholder, excerpt: excerpt(position)))
    }
    position += 1
    try recordChecked(option, next, from: 0)
  }

  private mutating func record(_ option: Option, _ text: String) {
    given.append((option, text, position))
    if option.name == Option.help.name { wantsHelp = true }
  }

  private mutating func recordChecked(
    _ option: Option, _ text: String, from offset: Int
  ) throws(Failure) {
    let place = excerpt(position, from: offset)
    switch option.value {
    case .flag: break
    case .text:
      if text.isEmpty {
        throw usage(.missingValue("--" + option.name, option.placeholder, excerpt: place))
      }
    case .count:
      guard let count = Int(text), count > 0 else {
        throw usage(.notACount("--" + option.name, text, excerpt: place))
      }
    case .choice(let choices):
      // A command may allow fewer; `finish` looks again once the command is known.
      guard choices.contains(text) else {
        throw usage(
          .unknownChoice(
            "--" + option.name, text, choices, excerpt: place,
            nearest: nearestMatch(to: text, among: choices)))
      }
    }
    record(option, text)
  }

  private mutating func finish() throws(Failure) -> Request {
    if wantsHelp { return .help(command) }
    if given.contains(where: { $0.option.name == Option.version.name }) { return .version }
    guard let command else {
      if words.count <= 1 { return .help(nil) }
      throw usage(.missingCommand(excerpt: excerpt(words.count - 1)))
    }
    var values: [String: [String]] = [:]
    for (option, text, word) in given {
      guard let own = command.options.first(where: { $0.name == option.name }) else {
        throw usage(
          .optionDoesNotApply(
            "--" + option.name, command: command.name, excerpt: excerpt(word),
            commands: commands.filter { $0.options.contains { $0.name == option.name } }
              .map(\.name)))
      }
      if case .choice(let choices) = own.value, !choices.contains(text) {
        throw usage(
          .unknownChoice(
            "--" + own.name, text, choices, excerpt: excerpt(word),
            nearest: nearestMatch(to: text, among: choices)))
      }
      values[own.name, default: []].append(text)
    }
    try checkOperands(of: command)
    return .run(
      Invocation(
        command: command, operands: operands.map(\.text), operandWords: operands.map(\.word),
        values: values, line: TypedLine(words)))
  }

  private func checkOperands(of command: Command) throws(Failure) {
    let wanted = command.operands
    if operands.count < wanted.minimum {
      throw usage(
        .missingOperand(
          command: command.name, wanted.placeholder, excerpt: excerpt(words.count - 1, after: true))
      )
    }
    if let maximum = wanted.maximum, operands.count > maximum {
      let extra = operands[maximum]
      throw usage(
        .unexpectedOperand(
          extra.text, command: command.name, wanted.placeholder, excerpt: excerpt(extra.word)))
    }
    if let first = operands.first, !wanted.choices.isEmpty, !wanted.choices.contains(first.text) {
      throw usage(
        .unknownChoice(
          "pare \(command.name)", first.text, wanted.choices, excerpt: excerpt(first.word),
          nearest: nearestMatch(to: first.text, among: wanted.choices)))
    }
  }

  /// The command's options, and those of all commands before it is known, each name once.
  private var known: [Option] {
    let own = command?.options ?? []
    var all = own + [Option.help, Option.version]
    for other in commands.flatMap(\.options) where !all.contains(where: { $0.name == other.name }) {
      all.append(other)
    }
    return all
  }

  private func usage(_ diagnostic: Diagnostic) -> Failure { Failure(.usage, [diagnostic]) }

  private func excerpt(
    _ word: Int, from offset: Int = 0, length: Int? = nil, after: Bool = false
  ) -> Diagnostic.Excerpt {
    TypedLine(words).excerpt(word, from: offset, length: length, after: after)
  }
}
