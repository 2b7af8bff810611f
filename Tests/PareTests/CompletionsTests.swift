import Files
import TestKit
import Testing
import pare

@Suite struct `What shells complete` {
  @Test(arguments: Completions.shells)
  func `names every command and every option`(shell: String) {
    let text = Completions.text(for: shell, Command.all)
    for command in Command.all {
      #expect(text.contains(command.name), "\(command.name)")
      for option in command.options { #expect(text.contains(option.name), "--\(option.name)") }
    }
  }

  private func completed(_ words: [String]) throws -> [String] {
    let script =
      Completions.text(for: "bash", Command.all)
      + "\nCOMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " ")))"
      + "\nCOMP_CWORD=\(words.count - 1)\n_pare\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"
    let run = try #require(Program.find("bash")).run(["-c", script], timeout: 30)
    #expect(run.isSuccess && run.errorText.isEmpty, "\(run.errorText)")
    return run.outputText.split(separator: "\n").map(String.init)
  }

  @Test(.enabled(if: Program.find("bash") != nil, "no bash here"))
  func `is what bash offers`() throws {
    #expect(try completed(["pare", "do"]) == ["doctor"])
    #expect(try completed(["pare", "package", "--dry"]) == ["--dry-run"])
    #expect(try completed(["pare", "package", "--format", "j"]) == ["json"])
    #expect(try completed(["pare", "completions", "z"]) == ["zsh"])
    #expect(try completed(["pare", "cache", "pr"]) == ["prune"])
  }

  @Test(
    .enabled(if: Program.find("zsh") != nil, "no zsh here"), arguments: ["zsh"])
  func `is a script that its shell reads`(shell: String) throws {
    let text = Completions.text(for: shell, Command.all)
    let run = try #require(Program.find(shell)).run(["-n", "-c", text], timeout: 30)
    #expect(run.isSuccess, "\(run.errorText)")
  }
}
