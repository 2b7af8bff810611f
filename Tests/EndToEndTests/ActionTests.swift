import Files
import TestKit
import Testing

private let bash = Program.find("bash")
private let git = Program.find("git")
private let python = Program.find("python3")

/// A clone with a pull request, and a `gh` that writes down what it is asked.
private struct PullRequest {
  let folder: Folder
  let cache: Folder

  init() throws {
    folder = try Folder([
      "origin/shop/pare.toml": """
      environment = "site"

      [functions.orders]
      handler = "app.handler"

      """,
      "origin/shop/app.py": "def handler(event, context): return 1\n",
      "origin/shop/site/tea.py": "LEAF = \(Array(0..<400))\n",
      "origin/shop/site/tea-1.0.dist-info/METADATA":
        "Metadata-Version: 2.1\nName: tea\nVersion: 1.0\n",
      "origin/shop/site/tea-1.0.dist-info/RECORD": "tea.py,,\n",
      "event.json": "{\"pull_request\": {\"number\": 7}}",
      "bin/gh": """
      #!/usr/bin/env bash
      echo "$@" >> "$RUNNER_TEMP/asked"
      for word in "$@"; do
        case $word in body=@*) cp "${word#body=@}" "$RUNNER_TEMP/body" ;; esac
      done
      case "$*" in *--jq*) cat "$RUNNER_TEMP/known" 2>/dev/null || true ;; esac

      """,
    ])
    cache = try Folder()
    let tool = try Tool.path()
    try FileSystem.createLink(folder("bin/pare"), to: FileSystem.realPath(tool) ?? tool)
    try FileSystem.setMode(folder("bin/gh"), 0o755)
    try FileSystem.createFolder(folder("temp"))
    try command("git init --quiet --initial-branch=main", in: "origin")
    try command("git add -A && git commit --quiet -m base", in: "origin")
    try command("git clone --quiet \"$PWD/origin\" work", in: ".")
    try folder.write(
      "import tea\n\ndef handler(event, context): return tea.LEAF\n", to: "work/shop/app.py")
    try command("git commit --quiet -am 'use tea'", in: "work")
  }

  @discardableResult
  func command(_ line: String, in place: String, allows code: Int32 = 0) throws -> String {
    let outcome = try #require(bash).run(
      ["-c", line],
      variables: [
        "PATH=\(folder("bin")):/usr/local/bin:/usr/bin:/bin", "HOME=\(folder.path)",
        "XDG_CACHE_HOME=\(cache.path)", "RUNNER_TEMP=\(folder("temp"))", "PROJECT=shop",
        "GITHUB_BASE_REF=main", "GITHUB_EVENT_PATH=\(folder("event.json"))",
        "GITHUB_REPOSITORY=us/shop", "GITHUB_STEP_SUMMARY=\(folder("summary"))", "MAX_GROWTH=5%",
        "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a",
        "GIT_COMMITTER_EMAIL=a@b", "LC_ALL=C.UTF-8",
      ], folder: folder(place), timeout: 120)
    #expect(outcome.end == .exit(code), "\(line): \(outcome.outputText)\(outcome.errorText)")
    return outcome.outputText
  }

  func step(_ name: String, allows code: Int32 = 0) throws -> String {
    try command("'\(repository)/.github/actions/pare/\(name).sh'", in: "work", allows: code)
  }
}

@Suite(
  .enabled(
    if: bash != nil && git != nil && python != nil, "needs 'bash', 'git' and 'python3'"))
struct `The action for pull requests` {
  @Test func `packages the target branch, annotates the import, and comments once`() throws {
    let pull = try PullRequest()
    _ = try pull.step("base")
    #expect(try pull.folder.text("temp/pare-base-report/report.json").contains("\"orders\""))
    let annotations = try pull.step("check", allows: 1)
    #expect(annotations.contains("::error file=shop/app.py,line=1"), "\(annotations)")
    _ = try pull.step("comment")
    let body = try pull.folder.text("temp/body")
    #expect(body.hasPrefix("<!-- pare: archive sizes -->") && body.contains("tea"))
    #expect(try pull.folder.text("summary") == body)
    #expect(try pull.folder.text("temp/asked").contains("-X POST repos/us/shop/issues/7/comments"))
    // A second run finds its comment.
    try pull.folder.write("4711\n", to: "temp/known")
    _ = try pull.step("comment")
    #expect(
      try pull.folder.text("temp/asked").contains("-X PATCH repos/us/shop/issues/comments/4711"))
  }

  @Test func `installs the wheel that it is given, beside what the project has`() throws {
    let pull = try PullRequest()
    let version = "0.0.7"
    // A wheel as small as one can be: a script and its metadata.
    try pull.folder.write(
      """
      import sys, zipfile
      info = "pare-\(version).dist-info"
      files = {
          "pare-\(version).data/scripts/pare": "#!/bin/sh\\necho pare \(version)\\n",
          f"{info}/METADATA": "Metadata-Version: 2.1\\nName: pare\\nVersion: \(version)\\n",
          f"{info}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: py3-none-any\\n",
      }
      files[f"{info}/RECORD"] = "".join(f"{name},,\\n" for name in [*files, f"{info}/RECORD"])
      with zipfile.ZipFile(sys.argv[1], "w") as wheel:
          for name, text in files.items():
              entry = zipfile.ZipInfo(name)
              entry.external_attr = 0o100755 << 16
              wheel.writestr(entry, text)

      """, to: "make.py")
    try pull.command("python3 make.py pare-\(version)-py3-none-any.whl", in: ".")
    let install = "'\(repository)/.github/actions/pare/install.sh'"
    let path = "GITHUB_PATH=\"$RUNNER_TEMP/path\""
    let said = try pull.command(
      "WHEEL=\"$PWD/pare-\(version)-py3-none-any.whl\" \(path) \(install)", in: ".")
    #expect(said.hasSuffix("pare \(version)\n"))
    #expect(try pull.folder.text("temp/path") == pull.folder("temp/pare-venv/bin") + "\n")
    // Without one, it is what is there, or a sentence that says what to do.
    #expect(try pull.command("\(path) \(install)", in: ".").isEmpty)
    let missing = try pull.command(
      "mkdir only && ln -s \"$(command -v bash)\" only && PATH=only \(path) \(install)", in: ".",
      allows: 1)
    #expect(missing.hasPrefix("::error::there is no 'pare' on PATH; name a wheel"))
  }

  @Test func `is described by a file whose steps are there`() throws {
    let text = try String(
      decoding: readRepositoryFile(".github/actions/pare/action.yml"), as: UTF8.self)
    for name in ["install", "base", "check", "comment"] {
      #expect(text.contains("\"$GITHUB_ACTION_PATH/\(name).sh\""))
      let path = "\(repository)/.github/actions/pare/\(name).sh"
      #expect(try StatKey(of: path).isExecutable)
      #expect(try #require(bash).run(["-n", path]).isSuccess)
    }
  }
}
