import Files
import TestKit
import Testing

/// A source that is being written is never shipped half.
@Suite struct ChangingSourceTests {
  @Test(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
  func `an archive has one whole state of a module, or is not written`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = 'app.handler'\n", "shop/__init__.py": "",
      "app.py": "import shop.table\ndef handler(e, c): return e\n", "shop/table.py": "",
    ])
    // Writes in two pieces, some milliseconds apart, and rests now and then.
    let script = """
      import random, subprocess, sys, threading, time, zipfile
      ends = threading.Event()
      def write():
          number = 0
          while not ends.is_set():
              number += 1
              text = "".join(f"A{i} = {number}\\n" for i in range(2000))
              with open("shop/table.py", "w") as file:
                  file.write(text[:len(text) // 2])
                  file.flush()
                  time.sleep(random.random() * 0.03)
                  file.write(text[len(text) // 2:])
              time.sleep(random.random() * 0.3)
      threading.Thread(target=write).start()
      half = refused = 0
      try:
          for turn in range(25):
              run = subprocess.run([sys.argv[1], "package", "--no-cache"], capture_output=True, text=True)
              if run.returncode:
                  assert "[changing-file]" in run.stderr, run.stderr
                  refused += 1
              try:
                  with zipfile.ZipFile("dist/f.zip") as archive:
                      lines = archive.read("shop/table.py").decode().splitlines()
              except FileNotFoundError:
                  continue
              if lines and (len(lines) != 2000 or len({line.split()[2] for line in lines}) != 1):
                  half += 1
      finally:
          ends.set()
      print(half, refused < 25)
      """
    let python = try #require(interpreter("3.12"))
    let outcome = try Program(path: python).run(
      ["-c", script, try Tool.path()], folder: folder.path, timeout: 120)
    #expect(outcome.outputText == "0 True\n", "\(outcome.errorText)")
  }

  @Test func `a file that never comes to rest is an error, and the last archive stays`() throws {
    let folder = try Folder([
      "pare.toml": """
      [functions.f]
      handler = 'app.handler'
      [functions.g]
      handler = 'other.handler'
      """, "shop/__init__.py": "", "other.py": "def handler(e, c): return e\n",
      "app.py": "import shop\ndef handler(e, c): return e\n", "shop/log.txt": "",
      "dist/f.zip": "old",
    ])
    let answer = try shell(
      "(while [ ! -e ends ]; do echo line >> shop/log.txt; sleep 0.01; done) & "
        + "\(try Tool.path()) package --no-cache; code=$?; touch ends; wait; exit $code",
      in: folder.path)
    #expect(answer.exitCode == 1, "\(answer.errors)")
    #expect(answer.errors.contains("[changing-file]"), "\(answer.errors)")
    #expect(answer.errors.contains("shop/log.txt"))
    #expect(try folder.text("dist/f.zip") == "old")
    // Who does not ship it is packaged.
    #expect(try members(of: folder("dist/g.zip")) == ["other.py"])
  }
}
