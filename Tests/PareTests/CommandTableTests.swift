import Model
import Testing
import pare

@Test func `no two commands have one name, no two options of a command either`() {
  #expect(Set(Command.all.map(\.name)).count == Command.all.count)
  for command in Command.all {
    #expect(Set(command.options.map(\.name)).count == command.options.count, "\(command.name)")
    let letters = command.options.compactMap(\.short)
    #expect(Set(letters).count == letters.count, "\(command.name)")
    #expect(!letters.contains("h") && !letters.contains("V"), "\(command.name)")
  }
}

@Test func `an option has one meaning wherever it applies`() {
  var shorts: [String: Character?] = [:]
  for option in Command.all.flatMap(\.options) {
    if let known = shorts[option.name] { #expect(known == option.short, "--\(option.name)") }
    shorts[option.name] = option.short
  }
}

@Test func `every example of every command is understood`() throws {
  for command in Command.all {
    #expect(!command.examples.isEmpty, "\(command.name)")
    for example in command.examples {
      let words = example.line.prefix { $0 != ">" && $0 != "|" }.split(separator: " ")
      guard case .run(let invocation) = try parse(words.map(String.init), Command.all) else {
        Issue.record("\(example.line)")
        continue
      }
      #expect(invocation.command.name == command.name)
    }
  }
}

@Test(arguments: [40, 80, 100]) func `help keeps to the terminal's width`(width: Int) {
  for command in Command.all where width >= 80 {
    for line in helpText(for: command, width: width).split(separator: "\n") {
      #expect(line.count <= width, "\(command.name): \(line)")
    }
  }
  #expect(helpText(for: Command.all, width: width).contains("Commands:"))
}

@Test func `help names every option of a command`() {
  for command in Command.all {
    let text = helpText(for: command, width: 100)
    for option in command.options { #expect(text.contains("--\(option.name)"), "\(command.name)") }
  }
}
