import Model
import Testing
import pare

/// A small table, so that the tests do not change with the tool's own.
private let table = [
  Command(
    "wrap", "Wraps", discussion: [], operands: .functions,
    options: [.project, .output, .jobs, .environment, .dryRun, .quiet, .format], examples: [],
    run: { _, _ in .success }),
  Command(
    "ask", "Asks", discussion: [], operands: Command.Operands("FUNCTION TARGET", 2, 2),
    options: [.project, .event], examples: [], run: { _, _ in .success }),
  Command(
    "shed", "Sheds", discussion: [],
    operands: Command.Operands("info|clear", 1, 1, choices: ["info", "clear"]), options: [],
    examples: [], run: { _, _ in .success }),
]

private func invocation(_ line: String) throws -> Invocation {
  let words = ["pare"] + line.split(separator: " ").map(String.init)
  guard case .run(let invocation) = try parse(words, table) else {
    throw Unexpected(line: line)
  }
  return invocation
}

private struct Unexpected: Error { let line: String }

/// The diagnostic of a command line that is wrong, and what it underlines.
private func mistake(_ words: [String]) -> (diagnostic: Diagnostic, underlined: String)? {
  do {
    _ = try parse(["pare"] + words, table)
    return nil
  } catch {
    guard error.exitCode == 2, error.diagnostics.count == 1,
      let excerpt = error.diagnostics[0].excerpt
    else { return nil }
    let bytes = Array(excerpt.text.utf8).dropFirst(excerpt.column - 1).prefix(excerpt.length)
    return (error.diagnostics[0], String(decoding: bytes, as: UTF8.self))
  }
}

@Test(arguments: [
  "wrap -C shop", "wrap -Cshop", "wrap -C=shop", "wrap --project shop", "wrap --project=shop",
  "-C shop wrap", "--project=shop wrap", "wrap -qnC shop", "wrap -C other -C shop",
])
func `an option's value may be attached, follow, and stand before the command`(line: String) throws
{
  let invocation = try invocation(line)
  #expect(invocation.command.name == "wrap")
  #expect(invocation.text(.project) == "shop")
  #expect(invocation.operands.isEmpty)
}

@Test func `bundled flags are each given`() throws {
  let invocation = try invocation("wrap -qn")
  #expect(invocation.has(.quiet) && invocation.has(.dryRun))
  #expect(!invocation.has(.output))
}

@Test func `a repeated option keeps its order`() throws {
  #expect(try invocation("wrap -e a --environment=b -ec").texts(.environment) == ["a", "b", "c"])
}

@Test func `operands and options may be mixed`() throws {
  let invocation = try invocation("wrap one -j 3 two")
  #expect(invocation.operands == ["one", "two"])
  #expect(invocation.count(.jobs) == 3)
}

@Test func `two dashes end the options`() throws {
  #expect(try invocation("wrap -- --output -C").operands == ["--output", "-C"])
}

@Test func `a single dash is an operand`() throws {
  #expect(try invocation("wrap -").operands == ["-"])
}

@Test func `a value may begin with a dash`() throws {
  #expect(try invocation("wrap --project -odd").text(.project) == "-odd")
}

@Test func `a value may hold equals signs`() throws {
  #expect(try invocation("wrap --project=a=b").text(.project) == "a=b")
}

@Test func `help wins over whatever is missing`() throws {
  guard case .help(let command?) = try parse(["pare", "ask", "--help"], table) else {
    Issue.record("no help")
    return
  }
  #expect(command.name == "ask")
  guard case .help(let other?) = try parse(["pare", "help", "wrap"], table) else {
    Issue.record("no help")
    return
  }
  #expect(other.name == "wrap")
}

@Test func `no words at all ask for help`() throws {
  guard case .help(nil) = try parse(["pare"], table) else {
    Issue.record("no help")
    return
  }
}

@Test func `the version needs no command`() throws {
  guard case .version = try parse(["pare", "-V"], table) else {
    Issue.record("no version")
    return
  }
}

@Test(
  arguments: [
    (["wrop"], "unknown-command", "wrop", "did you mean 'wrap'?"),
    (["wrap", "--ouptut", "x"], "unknown-option", "--ouptut", "did you mean '--output'?"),
    (["wrap", "--ouptut=x"], "unknown-option", "--ouptut", "did you mean '--output'?"),
    (["wrap", "-qz"], "unknown-option", "z", nil),
    (["wrap", "--output"], "missing-value", "--output", nil),
    (["wrap", "--output", "--dry-run"], "missing-value", "--output", nil),
    (["wrap", "--quiet=yes"], "unwanted-value", "yes", nil),
    (["wrap", "-j", "0"], "not-a-count", "0", nil),
    (["wrap", "-jmany"], "not-a-count", "many", nil),
    (["wrap", "--format", "jsno"], "unknown-choice", "jsno", "did you mean 'json'?"),
    (["wrap", "--format=jsonl"], "unknown-choice", "jsonl", "did you mean 'json'?"),
    (["wrap", "--event", "x.json"], "option-does-not-apply", "x.json", nil),
    (["ask", "one"], "missing-argument", "", nil),
    (["ask", "one", "two", "three"], "unexpected-argument", "three", nil),
    (["shed", "infp"], "unknown-choice", "infp", "did you mean 'info'?"),
    (["-q"], "missing-command", "-q", nil),
    (["wrap", "--output="], "missing-value", "", nil),
  ] as [([String], String, String, String?)])
func `a mistake is named, underlined and, where something is near, corrected`(
  words: [String], code: String, underlined: String, hint: String?
) throws {
  let (diagnostic, text) = try #require(mistake(words))
  #expect(diagnostic.code == code)
  #expect(text == underlined)
  if let hint { #expect(diagnostic.notes.contains { $0.message == hint }) }
}

@Test func `a word with blanks is shown as a shell wants it`() throws {
  let (diagnostic, text) = try #require(mistake(["ask", "a", "b", "two words"]))
  #expect(diagnostic.excerpt?.text == "pare ask a b 'two words'")
  #expect(text == "'two words'")
}
