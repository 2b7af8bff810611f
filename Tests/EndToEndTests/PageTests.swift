import Files
import TestKit
import Testing

/// A function whose names try to become markup.
private func hostile() throws -> Folder {
  let name = "<b>x</b>"
  let folder = try Folder([
    "pare.toml": """
    environment = "site"

    [functions."plain"]
    handler = "app.handler"
    [functions."\(name.replacing("/", with: "|"))"]
    handler = "app.handler"

    """,
    "app.py": """
    import tea.pot  # </script><script>alert(1)</script><!-- {{data}}
    from pathlib import Path
    import importlib

    def handler(event, context):
        importlib.import_module(event["</script>"])
        return Path(__file__).with_name("a<img src=x onerror=alert(1)>.txt").read_text()

    """,
    "a<img src=x onerror=alert(1)>.txt": "data",
    "site/tea/__init__.py": "LEAF = '\(String(repeating: "leaf", count: 200))'\n",
    "site/tea/pot.py": "import tea\nPOT = 1\n",
    "site/tea-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tea\nVersion: 1.0\n",
    "site/tea-1.0.dist-info/RECORD": "tea/__init__.py,,\ntea/pot.py,,\n",
  ])
  #expect(try Tool.run(["package"], in: folder.path).exitCode == 0)
  return folder
}

private let chromium = ["chromium", "chromium-browser", "google-chrome"].lazy
  .compactMap { Program.find($0) }.first
private let python = Program.find("python3")

@Suite struct `The page of a report` {
  @Test func `is one file that names nothing outside, and whose script no name can end`() throws {
    let folder = try hostile()
    let answer = try Tool.run(["report", "--html", "page.html"], in: folder.path)
    #expect(answer.exitCode == 0, "\(answer.errors)")
    let page = try folder.text("page.html")
    #expect(page.components("<script").count == 3, "data and script, and no other")
    #expect(page.components("</script").count == 3)
    #expect(!page.contains("<img") && !page.contains("<b>"))
    // A name that looks like a place in the template is none.
    #expect(page.components("{{data}}").count == 2)
    #expect(page.contains("default-src 'none'; script-src 'sha256-"))
    for outside in ["http:", "https:", " src=", "<link", "@import", "url("] {
      // In the strings of the data they mean nothing.
      let markup = page.components("<script type=\"application/json\" id=\"data\">")[0]
      #expect(!markup.contains(outside), "\(outside)")
    }
    let again = try Tool.run(["report", "--html", "again.html"], in: folder.path)
    #expect(try again.exitCode == 0 && folder.text("again.html") == page)
  }

  @Test func `is the table of the last run without an option`() throws {
    let folder = try hostile()
    let answer = try Tool.run(["report"], in: folder.path)
    #expect(answer.exitCode == 0)
    #expect(answer.output.contains("\nplain "))
    #expect(try Tool.run(["report", "gone.json"], in: folder.path).exitCode == 3)
    try folder.write("{}", to: "x.json")
    #expect(try Tool.run(["report", "x.json", "--html", "y"], in: folder.path).exitCode == 2)
    #expect(!folder.has("y"))
  }

  /// Clicks, keys, search, sorting, at two widths and in both schemes; `PAGE_SCREENSHOTS=FOLDER` keeps
  /// the pictures.
  @Test(.enabled(if: chromium != nil && python != nil, "needs 'chromium' and 'python3'"))
  func `is used with mouse and keyboard in a real browser`() throws {
    let folder = try hostile()
    try folder.write(try folder.read("dist/report.json"), to: "base.json")
    try folder.write(try folder.text("app.py") + "# more\n", to: "app.py")
    _ = try Tool.run(["package"], in: folder.path)
    let written = try Tool.run(
      ["report", "--html", "page.html", "--against", "base.json"], in: folder.path)
    #expect(written.exitCode == 0, "\(written.errors)")
    for function in ["plain", "<b>x<|b>"] {
      let outcome = try #require(python).run(
        ["-B", "\(repository)/Tests/Browser/check_page.py", folder("page.html"), function, "tea"]
          + (System.variable("PAGE_SCREENSHOTS").map { [$0] } ?? []), timeout: 240)
      #expect(outcome.isSuccess, "\(outcome.outputText)\(outcome.errorText)")
    }
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
