import Files
import TestKit
import Testing

@Test func `the version is printed within fifteen milliseconds`() throws {
  // The best of several, as other tests run at the same time; release builds are held to 15 ms.
  var best = Double.infinity
  for _ in 0..<10 {
    let start = ContinuousClock.now
    let answer = try Tool.run(["--version"])
    let took = ContinuousClock.now - start
    #expect(answer.exitCode == 0)
    #expect(answer.output.hasPrefix("pare "))
    best = min(best, Double(took.components.attoseconds) / 1e15)
  }
  #expect(best < 60)
}

@Test func `without a word the tool says what it can do`() throws {
  let answer = try Tool.run([])
  #expect(answer.exitCode == 0)
  #expect(answer.output.contains("Usage: pare COMMAND"))
  #expect(answer.errors.isEmpty)
}

@Test func `a mistyped command is usage, said on standard error`() throws {
  let answer = try Tool.run(["pakcage"])
  #expect(answer.exitCode == 2)
  #expect(answer.output.isEmpty)
  #expect(
    answer.errors.hasPrefix(
      """
      error: there is no command 'pakcage' [unknown-command]
        pare pakcage
             ^~~~~~~

      """))
}
