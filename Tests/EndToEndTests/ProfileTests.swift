import Files
import TestKit
import Testing
import Text

/// A handler that imports what sleeps 80 ms, which its call has no use for.
private func sleeper() throws -> Folder {
  let folder = try Folder([
    "pare.toml": """
    [functions.nap]
    handler = "functions/nap.py:handler"
    runtime = "python3.12"

    """,
    "functions/nap.py": """
    import slow

    def handler(event, context):
        return slow.go() if event["n"] > 9 else 1

    """,
    "slow.py": "import time\ntime.sleep(0.08)\n\ndef go(): return 2\n",
    "event.json": "{\"n\": 1}",
  ])
  #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
  return folder
}

private let chromium = ["chromium", "chromium-browser", "google-chrome"].lazy
  .compactMap { Program.find($0) }.first

@Suite(.enabled(if: interpreter("3.12") != nil, "needs a Python 3.12 interpreter"))
struct `A profile` {
  @Test func `is measured once, and read as text, stacks, a picture, advice and a page`() throws {
    let folder = try sleeper()
    let answer = try Tool.run(
      ["profile", "nap", "--event", "event.json", "--format", "json"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    try folder.write(answer.output, to: "nap.json")
    let document = try JSON.read(Array(answer.output.utf8), path: "nap.json")
    let slow = try #require(
      try document["imports"].elements.first { try $0["name"].text == "slow" })
    #expect(try slow["own"].number >= 80_000)
    #expect(try slow["retainedZipped"].number > 0)
    #expect(try document["deferrals"].elements.count == 1)

    func shown(_ format: String) throws -> String {
      let answer = try Tool.run(
        ["profile", "--profile", "nap.json", "--format", format], in: folder.path)
      #expect(answer.exitCode == 0, "\(answer.errors)")
      return answer.output
    }
    let text = try shown("text")
    #expect(text.hasPrefix("nap starts in "))
    #expect(text.contains("  slow  not used  functions/nap.py:1\n"))
    #expect(text.contains(" less (noise ") && text.contains("functions/nap.py:1  import slow\n"))
    let stacks = try shown("folded").split(separator: "\n")
    #expect(stacks.contains { $0.hasPrefix("nap;import;nap;slow ") })
    // What `flamegraph.pl` takes: a stack and a number.
    #expect(stacks.allSatisfy { $0.split(separator: " ").count == 2 })
    let picture = try shown("svg")
    #expect(picture.hasPrefix("<svg xmlns=") && picture.contains(">slow</text>"))
    #expect(!picture.contains("<script") && !picture.contains("href"))

    let advice = try Tool.run(["advise", "--profile", "nap.json"], in: folder.path)
    #expect(advice.exitCode == 0, "\(advice.errors)")
    #expect(advice.output.contains("less on a cold start of nap, measured"))
    #expect(advice.output.contains("    functions/nap.py:1\n    - import slow\n"))
    let page = try Tool.run(
      ["report", "--html", "page.html", "--profile", "nap.json"], in: folder.path)
    #expect(page.exitCode == 0, "\(page.errors)")
    #expect(try folder.text("page.html").contains("\"function\":\"nap\",\"python\":\"3.12"))
    guard let chromium, let python = Program.find("python3") else { return }
    _ = chromium
    let outcome = try python.run(
      ["-B", "\(repository)/Tests/Browser/check_profile.py", folder("page.html"), "nap", "slow"]
        + (System.variable("PAGE_SCREENSHOTS").map { [$0] } ?? []), timeout: 240)
    #expect(outcome.isSuccess, "\(outcome.outputText)\(outcome.errorText)")
  }

  @Test func `of something else is refused with a sentence`() throws {
    let folder = try sleeper()
    let made = try Tool.run(["profile", "nap", "--format", "json", "--runs", "1"], in: folder.path)
    try folder.write(made.output, to: "nap.json")
    func refused(_ name: String, _ arguments: [String]) throws -> String {
      let answer = try Tool.run(arguments + ["--profile", name], in: folder.path)
      #expect(answer.exitCode == 2, "\(answer.errors)")
      return answer.errors
    }
    try folder.write("{\"schemaVersion\": 2}", to: "report.json")
    #expect(try refused("report.json", ["profile"]).contains("[not-a-profile]"))
    try folder.write(String(made.output.prefix(made.output.count / 2)), to: "half.json")
    #expect(try refused("half.json", ["advise"]).contains("[damaged-profile]"))
    try folder.write(
      made.output.replacing("\"profileVersion\": 1", with: "\"profileVersion\": 9"),
      to: "new.json")
    #expect(try refused("new.json", ["profile"]).contains("[other-profile-schema]"))
    try folder.write(
      made.output.replacing("\"parent\":0", with: "\"parent\":7"), to: "loop.json")
    #expect(try refused("loop.json", ["profile"]).contains("[damaged-profile]"))
    try folder.write(
      made.output.replacing("\"function\": \"nap\"", with: "\"function\": \"x\""), to: "x.json")
    #expect(try refused("x.json", ["advise"]).contains("[profile-of-another-project]"))
    #expect(
      try refused("x.json", ["report", "--html", "p.html"]).contains("[profile-without-function]"))
    try folder.write(
      "import slow  # now\n" + folder.text("functions/nap.py"), to: "functions/nap.py")
    #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
    #expect(
      try refused("nap.json", ["report", "--html", "p.html"])
        .contains("[profile-of-another-archive]"))
    #expect(!folder.has("p.html"))
  }

  @Test func `that cannot be had says why, with an exit code`() throws {
    let folder = try sleeper()
    func ends(_ arguments: [String], _ code: Int32, _ sentence: String) throws {
      let answer = try Tool.run(["profile"] + arguments, in: folder.path)
      #expect(answer.exitCode == code && answer.errors.contains(sentence), "\(answer.errors)")
    }
    try folder.write("{n: 1}", to: "bad.json")
    try ends(["nap", "--event", "bad.json"], 2, "bad.json:1:2: error: ")
    try ends(["nap", "--event", "gone.json"], 2, "[unreadable-event]")
    try ends(["nap", "--python", "/bin/sh"], 3, "so 'nap' was not profiled")
    try ends([], 2, "takes one function")
    try ends(["nope"], 2, "[unknown-function]")
    try folder.write("raise ValueError('no')\n", to: "slow.py")
    _ = try Tool.run(["package"], in: folder.path)
    try ends(["nap"], 1, "'nap' cannot be imported from its archive: ValueError: no")
    try FileSystem.removeTree(folder("dist"))
    try ends(["nap"], 2, "[no-archive]")
  }
}
