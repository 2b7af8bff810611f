import Files
import Testing

struct ProgramTests {
  private let shell = Program(path: "/bin/sh")

  @Test func `both streams are captured whole, however much there is of them`() throws {
    let script = "head -c 300000 /dev/zero; head -c 200000 /dev/zero >&2; exit 3"
    let outcome = try shell.run(["-c", script])
    #expect(outcome.end == .exit(3))
    #expect(outcome.output.count == 300_000)
    #expect(outcome.errors.count == 200_000)
  }

  @Test func `folder and variables are as asked, standard input is empty`() throws {
    let folder = try Scratch()
    let real = try #require(FileSystem.realPath(folder.path))
    let outcome = try shell.run(
      ["-c", "pwd; echo $X; cat"], variables: ["X=1 2"], folder: folder.path)
    #expect(outcome.outputText == "\(real)\n1 2\n")
    #expect(outcome.isSuccess)
  }

  @Test func `one that takes too long is killed with all that it started`() throws {
    let start = System.monotonicClock()
    let outcome = try shell.run(["-c", "echo begun; sleep 30 & sleep 30"], timeout: 0.2)
    #expect(outcome.end == .timeout)
    #expect(outcome.outputText == "begun\n")
    #expect(System.monotonicClock() - start < 5_000_000_000)
  }

  @Test func `one that leaves a child behind is not waited for longer than itself`() throws {
    let start = System.monotonicClock()
    let outcome = try shell.run(["-c", "sleep 20 & echo done"])
    #expect(outcome.outputText == "done\n")
    #expect(System.monotonicClock() - start < 5_000_000_000)
  }

  @Test func `an end by signal is told`() throws {
    #expect(try shell.run(["-c", "kill -9 $$"]).end == .signal(9))
  }

  @Test func `programs are found in PATH's folders, in order`() throws {
    let folder = try Scratch()
    try folder.write("a/tool", "#!/bin/sh\n")
    try folder.write("b/tool", "#!/bin/sh\n")
    try FileSystem.setMode(folder.path + "/b/tool", 0o755)
    let path = "\(folder.path)/a:\(folder.path)/b"
    #expect(Program.find("tool", path: path)?.path == folder.path + "/b/tool")
    #expect(Program.find("no-such-tool", path: path) == nil)
  }

  @Test func `a program that is not there is an error`() {
    let error = #expect(throws: FileError.self) { try Program(path: "/no/such").run([]) }
    #expect(error?.isMissing == true)
  }
}
