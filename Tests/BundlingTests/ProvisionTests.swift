import Files
import Model
import PythonLanguage
import TestKit
import Testing
import Text

@testable import Bundling

private let platform = WheelPlatform(
  runtime: Runtime(language: "python", major: 3, minor: 12), architecture: .x86_64)

@Suite struct MarkerTests {
  @Test(arguments: [
    ("python_version < '3.13'", true), ("python_version >= \"3.9\"", true),
    ("python_full_version < '3.12'", false), ("'3.10' <= python_version", true),
    ("python_version == '3.12.*'", true), ("python_version ~= '3.8'", true),
    ("sys_platform == 'win32'", false), ("sys_platform != 'win32' and os_name == 'posix'", true),
    ("(sys_platform == 'darwin' or platform_machine == 'x86_64') and python_version > '3'", true),
    ("platform_machine in 'aarch64 x86_64'", true), ("platform_machine not in 'aarch64'", true),
    ("platform_python_implementation == 'PyPy'", false), ("extra == 'socks'", false),
    ("'dev' in dependency_groups", false), ("implementation_name == \"cpython\"", true),
    ("python_version < '3.9' or sys_platform == 'win32'", false),
    ("python_version<'4' and(os_name!='nt')", true),
  ])
  func `a marker is decided for the target`(text: String, holds: Bool) {
    #expect(Marker(text, platform)?.holds == holds)
  }

  @Test(
    arguments: [
      ("extra == 'dev'", ["dev"], ["dev"]),
      ("extra == 'All_The.Things'", ["all-the-things"], ["all-the-things"]),
      ("'x' == extra or extra == 'y'", ["x", "y"], ["x", "y"]),
      ("extra == 'x' and sys_platform == 'win32'", ["x"], []),
      ("python_version > '3' and (extra == 'x')", ["x"], ["x"]),
      ("os_name == 'posix'", [], []),
    ] as [(String, [String], [String])])
  func `a marker holds under the extras that it asks about`(
    text: String, asked: [String], holding: [String]
  ) throws {
    let marker = try #require(Marker(text, platform))
    #expect(marker.extras == asked)
    #expect(asked.filter { Marker(text, platform, extra: $0)?.holds == true } == holding)
  }

  @Test(arguments: [
    "", "python_version", "python_version < ", "foo == 'x'", "(os_name == 'x'", "'",
  ])
  func `what is no marker is not decided`(text: String) {
    #expect(Marker(text, platform)?.holds == nil)
  }
}

@Suite struct WheelNameTests {
  @Test(arguments: [
    "a-1-py3-none-any.whl", "a-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "a-1-cp38-abi3-manylinux_2_28_x86_64.whl", "a-1-py2.py3-none-any.whl",
    "a-1-7-py3-none-manylinux1_x86_64.whl", "a-1-cp312-none-any.whl", "a-1-py310-none-any.whl",
  ])
  func `a wheel that fits`(file: String) throws {
    let name = try #require(WheelName(file: file))
    #expect(platform.rank(name) != nil)
  }

  @Test(arguments: [
    "a-1-cp311-cp311-manylinux_2_17_x86_64.whl", "a-1-cp312-cp312-macosx_11_0_arm64.whl",
    "a-1-cp312-cp312-musllinux_1_2_x86_64.whl", "a-1-cp312-cp312-manylinux_2_17_aarch64.whl",
    "a-1-cp312-cp312-manylinux_2_35_x86_64.whl", "a-1-cp313-abi3-manylinux_2_17_x86_64.whl",
    "a-1-py2-none-any.whl", "a-1-cp312-cp312-win_amd64.whl", "a-1-py313-none-any.whl",
    "a-1-cp312-cp312t-manylinux_2_17_x86_64.whl", "a-1-pp39-pypy39_pp73-manylinux_2_17_x86_64.whl",
  ])
  func `a wheel for something else`(file: String) throws {
    let name = try #require(WheelName(file: file))
    #expect(platform.rank(name) == nil)
  }

  @Test func `the best of several is the one that was made for this version and system`() throws {
    let names = [
      "a-1-py3-none-any.whl", "a-1-cp36-abi3-manylinux2014_x86_64.whl",
      "a-1-cp312-cp312-manylinux2014_x86_64.whl", "a-1-cp312-cp312-manylinux_2_28_x86_64.whl",
    ]
    let ranks = names.compactMap { WheelName(file: $0) }.compactMap { platform.rank($0) }
    #expect(ranks == ranks.sorted())
    #expect(Set(ranks).count == 4)
  }

  @Test func `versions are ordered as PEP 440 says`() {
    let versions = [
      "1.0.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1", "1.0.1", "1.9", "1.10", "2",
      "1!0.1",
    ]
    #expect(versions.map { ReleaseVersion($0) } == versions.map { ReleaseVersion($0) }.sorted())
  }
}

@Suite struct RequirementsTests {
  private func lines(_ files: [String: String]) throws -> ([String], [Diagnostic]) {
    let folder = try Folder(files)
    var reader = RequirementReader(platform)
    try reader.read("\(folder.path)/requirements.txt")
    return (
      reader.result.lines.map { $0.split(separator: folder.path).joined(separator: "DIR") },
      reader.result.diagnostics
    )
  }

  @Test func `markers are decided, files included, local code passed over`() throws {
    let (lines, diagnostics) = try lines([
      "requirements.txt": """
      # what we need
      --index-url https://example.org/simple
      -r more/base.txt
      -c limits.txt
      boto3==1.35.0 \\
          --hash=sha256:aa \\
          --hash=sha256:bb   # comment
      colorama==1 ; sys_platform == 'win32' --hash=sha256:cc
      tomli==2; python_version >= "3.11" --hash=sha256:dd
      name @ https://example.org/a;b.whl ; os_name == 'posix'
      --no-binary :all:
      -e .
      ./libs/x
      """,
      "more/base.txt": "six\n-r ../requirements.txt\n", "limits.txt": "six<2",
    ])
    #expect(
      lines == [
        "--index-url https://example.org/simple", "six", "-c DIR/limits.txt",
        "boto3==1.35.0 --hash=sha256:aa --hash=sha256:bb", "tomli==2 --hash=sha256:dd",
        "name @ https://example.org/a;b.whl",
      ])
    #expect(diagnostics.map(\.location?.line) == [12, 13])
  }

  @Test func `a file to include that is not there is told, and the rest is read`() throws {
    let (lines, diagnostics) = try lines([
      "requirements.txt": "six\n-r gone.txt\nboto3\n-c limits.txt\n"
    ])
    #expect(lines == ["six", "boto3"])
    #expect(diagnostics.map(\.code) == ["no-requirements", "no-requirements"])
    #expect(diagnostics.map(\.location?.line) == [2, 4])
  }

  @Test func `uv's lock is walked from the members, markers and extras decide`() throws {
    let lock = """
      version = 1
      [[package]]
      name = "app"
      version = "0"
      source = { virtual = "." }
      dependencies = [
        { name = "requests", extra = ["socks"] },
        { name = "colorama", marker = "sys_platform == 'win32'" },
        { name = "numpy", version = "2.0", marker = "python_full_version >= '3.12'" },
        { name = "numpy", version = "1.0", marker = "python_full_version < '3.12'" },
        { name = "lib" },
      ]
      [package.dev-dependencies]
      dev = [{ name = "pytest" }]
      [[package]]
      name = "lib"
      version = "0"
      source = { editable = "lib" }
      dependencies = [{ name = "fork" }]
      [[package]]
      name = "colorama"
      version = "1"
      source = { registry = "https://pypi.org/simple" }
      [[package]]
      name = "fork"
      version = "1"
      source = { git = "https://x/fork.git?tag=v1#abc" }
      [[package]]
      name = "numpy"
      version = "1.0"
      source = { registry = "https://pypi.org/simple" }
      [[package]]
      name = "numpy"
      version = "2.0"
      source = { registry = "https://example.org/simple" }
      wheels = [{ url = "x", hash = "sha256:n" }]
      [[package]]
      name = "pysocks"
      version = "3"
      source = { registry = "https://pypi.org/simple" }
      [[package]]
      name = "pytest"
      version = "8"
      source = { registry = "https://pypi.org/simple" }
      [[package]]
      name = "requests"
      version = "2"
      source = { registry = "https://pypi.org/simple" }
      wheels = [{ url = "x", hash = "sha256:r" }, { url = "y", hash = "sha256:s" }]
      [package.optional-dependencies]
      socks = [{ name = "pysocks" }]
      """
    let read = try #require(
      try LockFiles.read("/p/uv.lock", Array(lock.utf8), shown: "uv.lock", platform))
    #expect(read.isComplete)
    #expect(
      read.lines == [
        "fork @ git+https://x/fork.git@abc", "numpy==2.0 --hash=sha256:n", "pysocks==3",
        "requests==2 --hash=sha256:r --hash=sha256:s",
        "--extra-index-url https://example.org/simple",
      ])
  }

  @Test func `pylock, poetry's and pipenv's locks give pinned lines`() throws {
    let pylock = """
      lock-version = "1.0"
      [[packages]]
      name = "six"
      version = "1.17.0"
      index = "https://pypi.org/simple"
      wheels = [{ url = "u", hashes = { sha256 = "aa" } }]
      [[packages]]
      name = "colorama"
      version = "1"
      marker = "sys_platform == 'win32'"
      wheels = [{ url = "u", hashes = { sha256 = "bb" } }]
      [[packages]]
      name = "mine"
      directory = { path = "." }
      """
    let poetry = """
      [[package]]
      name = "six"
      version = "1.17.0"
      groups = ["main"]
      markers = "python_version >= '3.8'"
      files = [{ file = "f", hash = "sha256:aa" }]
      [[package]]
      name = "pytest"
      version = "1"
      groups = ["dev"]
      """
    let pipfile = """
      {"_meta": {"sources": [{"url": "https://pypi.org/simple"}]},
       "default": {"six": {"version": "==1.17.0", "hashes": ["sha256:aa"], "markers": "os_name == 'posix'"},
        "x": {"version": "==1", "markers": "os_name == 'nt'"}}, "develop": {"pytest": {"version": "==1"}}}
      """
    for (name, text) in [
      ("pylock.toml", pylock), ("poetry.lock", poetry), ("Pipfile.lock", pipfile),
    ] {
      let read = try LockFiles.read("/p/\(name)", Array(text.utf8), shown: name, platform)
      #expect(read?.lines == ["six==1.17.0 --hash=sha256:aa"], "\(name)")
    }
    #expect(throws: MalformedText.self) {
      try LockFiles.read("/p/poetry.lock", Array("[".utf8), shown: "poetry.lock", platform)
    }
  }
}

@Suite(
  .enabled(if: PyPI.isReachable, "needs PyPI and Python 3.12 with pip"), .serialized)
struct FetchTests {
  private func run(_ requirements: String) throws -> (Folder, Workspace) {
    let folder = try Folder([
      "pare.toml": "requirements = 'requirements.txt'\n[functions.a]\nhandler = 'app.py:handler'",
      "app.py": "handler = 1", "requirements.txt": requirements,
    ])
    let found = try discover(Options(project: folder.path, jobs: 2), languages: [PythonLanguage()])
    return (folder, found.workspace)
  }

  @Test func `wheels are fetched once and kept by the content of the requirements`() throws {
    let (folder, workspace) = try run("six==1.17.0\nmarkupsafe==3.0.2\n")
    #expect(workspace.distributions.rows.map(\.name) == ["markupsafe", "six"])
    #expect(workspace.roots.rows.map(\.kind) == [.source, .wheels])
    #expect(workspace.wheels.rows[0].path.contains("cp312-cp312-manylinux"))
    #expect(try folder.text(".pare/.gitignore").hasSuffix("*\n"))
    let names = try FileSystem.names(in: folder.path + "/.pare/wheels")
    #expect(names.count == 1)
    // The folder is taken as it is: a second run asks nobody.
    let kept = "\(folder.path)/.pare/wheels/\(names[0])"
    try FileSystem.removeFile("\(kept)/\(try FileSystem.names(in: kept)[1])")
    let again = try discover(Options(project: folder.path), languages: [PythonLanguage()]).workspace
    #expect(again.distributions.rows.map(\.name) == ["markupsafe"])
  }

  @Test func `a distribution without a wheel is said with the tool's own words`() throws {
    let failure = #expect(throws: Failure.self) { try run("six==99.99\n") }
    #expect(failure?.exitCode == 3)
    let diagnostic = try #require(failure?.diagnostics.last)
    #expect(diagnostic.code == "fetch-failed")
    #expect(
      diagnostic.notes.contains {
        $0.message.contains("No matching distribution found")
          || $0.message.contains("No solution found")
      })
    #expect(diagnostic.notes.last?.kind == .hint)
  }
}

@Suite struct FetchFailureTests {
  private func hint(_ said: String) -> String? {
    Diagnostic.fetchFailed("pip download", said: said, names: ["requirements.txt"], platform)
      .notes.last { $0.kind == .hint }?.message
  }

  @Test func `a name that the index does not have is asked about`() throws {
    let uv = """
        × No solution found when resolving dependencies:
        ╰─▶ Because requets was not found in the package
            registry and you require requets, we can conclude that your requirements are unsatisfiable.
      """
    #expect(
      hint(uv) == "is the name right? the package index knows no distribution of that name")
    let pip = """
      ERROR: Could not find a version that satisfies the requirement requets (from versions: none)
      ERROR: No matching distribution found for requets
      """
    #expect(try #require(hint(pip)).hasPrefix("is the name right? where it is, there is no wheel"))
    let version = pip.replacing("none", with: "1.0, 2.0")
    #expect(try #require(hint(version)).hasPrefix("there is no wheel for Python 3.12"))
  }
}

@Suite struct ProvisionedFolderTests {
  private func folder(_ project: Folder, _ files: String...) throws -> String {
    let folder = try provisionedFolder(
      files.map { (project($0), nil) }, for: platform, project: project.path)
    return folder.split(separator: "/").last.map(String.init) ?? ""
  }

  @Test func `files of one content share their wheels, wherever they lie`() throws {
    let project = try Folder([
      "a/requirements.txt": "boto3==1.35.0\n", "b/c/requirements.txt": "boto3==1.35.0\n",
      "d/requirements.txt": "boto3==1.36.0\n",
    ])
    let first = try folder(project, "a/requirements.txt")
    #expect(try folder(project, "b/c/requirements.txt") == first)
    #expect(try folder(project, "d/requirements.txt") != first)
  }

  @Test func `unless what they ask for depends on where they lie`() throws {
    let text = "--find-links wheels\nboto3==1.35.0\n"
    let project = try Folder(["a/requirements.txt": text, "b/requirements.txt": text])
    #expect(
      try folder(project, "a/requirements.txt") != (try folder(project, "b/requirements.txt")))
  }

  @Test func `a project file's dependencies are read with their markers decided`() throws {
    let project = try Folder([
      "a/pyproject.toml": """
      [project]
      dependencies = ["boto3>=1; python_version >= '3.9'", "tomli; python_version < '3.11'"]
      """,
      "b/pyproject.toml": "[project]\ndependencies = 7\n", "c/pyproject.toml": "[project\n",
    ])
    #expect(
      try projectLines(
        project("a/pyproject.toml"), try project.read("a/pyproject.toml"), shown: "p", platform)
        == ["boto3>=1"])
    #expect(
      try projectLines(
        project("b/pyproject.toml"), try project.read("b/pyproject.toml"), shown: "p", platform)
        == [])
    #expect(throws: Failure.self) { try folder(project, "c/pyproject.toml") }
  }
}
