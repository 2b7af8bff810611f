import Files
import Testing

struct ConfinedProgramTests {
  private let shell = Program(path: "/bin/sh")

  private func run(
    _ script: String, input: String = "", timeout: Double = 20,
    _ change: (inout Confinement) -> Void = { _ in }
  ) throws -> Program.ConfinedOutcome {
    var confinement = Confinement()
    change(&confinement)
    return try shell.run(
      ["-c", script], within: confinement, input: Array(input.utf8),
      variables: ["PATH=/usr/bin:/bin"], folder: "/", timeout: timeout)
  }

  @Test func `its streams, its message and its exit code come back`() throws {
    let outcome = try run("cat; echo wrong >&2; echo told >&3; exit 3", input: "given")
    #expect(outcome.end == .exit(3))
    #expect(String(decoding: outcome.output, as: UTF8.self) == "given")
    #expect(String(decoding: outcome.errors, as: UTF8.self) == "wrong\n")
    #expect(String(decoding: outcome.message, as: UTF8.self) == "told\n")
  }

  @Test(arguments: [6, 9, 11]) func `an end by signal is told`(signal: Int32) throws {
    #expect(try run("kill -\(signal) $$").end == .signal(signal))
  }

  @Test func `of what it prints without end, the end is kept, and its time is kept too`() throws {
    let start = System.monotonicClock()
    let outcome = try run("yes | head -c 5000000; echo last; yes >&2", timeout: 1) {
      $0.output = 100_000
    }
    #expect(outcome.end == .timeout)
    #expect(outcome.output.count == 100_000)
    #expect(outcome.output.suffix(5) == Array("last\n".utf8)[...])
    #expect(outcome.errors.count == 100_000)
    #expect(outcome.dropped > 4_900_000)
    #expect(System.monotonicClock() - start < 5_000_000_000)
  }

  @Test func `what it has started ends with it`() throws {
    let folder = try Scratch()
    try FileSystem.setMode(folder.path, 0o777)
    _ = try run("(sleep 0.7; echo late > \(folder.path)/late) & echo soon") {
      $0.writable = [folder.path]
    }
    _ = try shell.run(["-c", "sleep 1.2"])
    #expect(FileSystem.kind(of: folder.path + "/late") == nil)
  }

  @Test func `it has no descriptor and no variable that it was not given`() throws {
    let outcome = try run("ls /proc/self/fd; env")
    let text = String(decoding: outcome.output, as: UTF8.self)
    let numbers = text.split(separator: "\n").compactMap { Int($0) }
    // 4 is the folder that `ls` reads.
    #expect(numbers.filter { $0 > 4 }.isEmpty, "\(text)")
    #expect(!text.contains("HOME="))
  }

  @Test func `neither its starter nor who keeps it shows it a variable`() throws {
    let outcome = try run(
      """
      cat /proc/$PPID/environ
      cat /proc/$(cut -d ' ' -f 4 /proc/$PPID/stat)/environ
      """)
    #expect(outcome.output.isEmpty)
  }

  @Test func `where namespaces can be had, it sees no file that is hidden, and writes none`() throws
  {
    let folder = try Scratch()
    try folder.write("secret/key.txt", "1")
    try folder.write("secret/kept/data.txt", "2")
    try folder.write("open/x.txt", "3")
    let real = try #require(FileSystem.realPath(folder.path))
    let script = """
      cd \(real); ls secret; cat secret/kept/data.txt
      for place in secret secret/kept open; do echo > $place/new 2>/dev/null && echo wrote $place; done
      echo $$; ls /sys/class/net
      """
    let outcome = try run(script) {
      $0.hidden = [real + "/secret"]
      $0.kept = [real + "/secret/kept"]
      $0.writable = [real + "/open"]
    }
    guard outcome.isolation == [.processes, .network, .files] else {
      withKnownIssue("no namespaces here") { Issue.record("\(outcome.isolation)") }
      return
    }
    let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
    #expect(lines.prefix(3) == ["kept", "2wrote open", "2"])
    #expect(FileSystem.kind(of: real + "/open/new") == .file)
    #expect(FileSystem.kind(of: real + "/secret/new") == nil)
  }

  @Test func `a program that is not there is an error`() {
    let error = #expect(throws: FileError.self) {
      try Program(path: "/no/such").run(
        [], within: Confinement(), input: [], variables: [], folder: "/", timeout: 5)
    }
    #expect(error?.isMissing == true)
  }
}
