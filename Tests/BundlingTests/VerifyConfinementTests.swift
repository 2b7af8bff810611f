import Files
import Model
import TestKit
import Testing

@testable import Bundling

/// What a handler that is verified is kept from, and what it keeps from nobody.
@Suite(.enabled(if: Python.python312 != nil, "needs Python 3.12"))
struct VerifyConfinementTests {
  @Test func `neither the archive nor the working folder can be written to, by root neither`()
    throws
  {
    let trialed = try Trialed(
      [:],
      archived: [
        "app.py": """
        import os, subprocess

        def attempt(path):
            try:
                open(path, "w").close()
                return "written"
            except OSError:
                return "refused"

        def handler(event, context):
            child = subprocess.run(["/bin/sh", "-c", ": > child.txt"], stderr=subprocess.DEVNULL)
            beside = os.path.join(os.path.dirname(__file__), "here.txt")
            home = os.path.join(os.environ["HOME"], "x.txt")
            return [attempt("x.txt"), attempt(beside), attempt(home), child.returncode != 0]
        """
      ])
    try trialed.folder.write("{}", to: "event.json")
    let result = try trialed.verify(event: "event.json")
    #expect(result.failure == nil)
    #expect(result.answer == #"["refused", "refused", "written", true]"#)
  }

  @Test func `what a handler prints without end is kept to its end, and to its time`() throws {
    let trialed = try Trialed([:], archived: ["app.py": "while True: print('tea ' * 9999)"])
    let start = System.monotonicClock()
    let result = try trialed.verify { $0.timeout = 1 }
    #expect(result.failure?.code == "verify-timeout")
    #expect(result.output.utf8.count < 1_100_000)
    #expect(result.output.hasPrefix("("))
    #expect(System.monotonicClock() - start < 10_000_000_000)
  }

  @Test(arguments: [
    // A verdict of its own, with and without an end of its own.
    "import os\nos.write(3, b'{\"phase\": \"done\"}')\nos._exit(0)",
    "import os\nos.write(3, b'x\\n{\"phase\": \"done\"}')\nos._exit(7)",
    // One before the harness's.
    "import os\nos.write(3, b'x\\n{\"phase\": \"done\"}')\nhandler = print",
    "import os\nos.close(3)\nhandler = print",
    "import sys\nopen('/proc/self/fd/3', 'w').write('{}')\nhandler = print",
  ])
  func `a handler cannot say itself that it passes`(source: String) throws {
    #expect(try Trialed([:], archived: ["app.py": source]).verify().failure?.code == "verify-exit")
  }

  @Test func `a handler does not read what its caller knows`() throws {
    let trialed = try Trialed(
      ["src/secret.txt": "hidden"],
      archived: [
        "app.py": """
        import glob, os

        def read(path):
            try:
                with open(path, "rb") as file:
                    return len(file.read())
            except OSError:
                return 0

        def handler(event, context):
            own = {"/proc/self", "/proc/thread-self", "/proc/%d" % os.getpid()}
            others = [path for path in glob.glob("/proc/[0-9]*") if path not in own]
            return {
                "variables": sum(read(path + "/environ") for path in others),
                "project": read(event["project"]),
                "argv": b"token" in open("/proc/self/environ", "rb").read(),
                "tmp": open("/tmp/x", "w").write("x"),
            }
        """
      ])
    try trialed.folder.write(
      "{\"project\": \"\(trialed.folder("src/secret.txt"))\"}", to: "event.json")
    let result = try trialed.verify(event: "event.json")
    let seen = result.isolation?.contains(.files) == true ? 0 : 6
    #expect(
      result.answer == #"{"variables": 0, "project": \#(seen), "argv": false, "tmp": 1}"#,
      "\(result.failure?.message ?? "")")
  }

  @Test func `the network is there where it is asked for, and else is not`() throws {
    let trialed = try Trialed(
      [:],
      archived: ["app.py": "import socket\ndef handler(e, c): return len(socket.if_nameindex())"])
    try trialed.folder.write("{}", to: "event.json")
    let without = try trialed.verify(event: "event.json")
    guard without.isolation?.contains(.network) == true else { return }
    #expect(without.answer == "1")
    let with = try trialed.verify(event: "event.json") { $0.hasNetwork = true }
    #expect(with.isolation?.contains(.network) == false)
  }

  @Test func `what a killed run has left behind, the next one removes`() throws {
    let left = "\(FileSystem.temporaryFolders[0])/pare-verify-1-left\(Leftovers.suffix)"
    defer { try? FileSystem.removeTree(left) }
    try FileSystem.createFolder(left + "/trial-0/archive")
    try FileSystem.setMode(left + "/trial-0/archive", 0o555)
    #expect(try Trialed([:], archived: ["app.py": "handler = print"]).verify().verdict == .passed)
    #expect(FileSystem.kind(of: left) == nil)
  }
}
