import Model
import TestKit
import Testing
import Text

@testable import Bundling

private let platform = WheelPlatform(
  runtime: Runtime(language: "python", major: 3, minor: 12), architecture: .x86_64)

@Suite struct RequirementFileLineTests {
  @Test(
    arguments: [
      ("pandas[excel]>=2", "pandas", ["excel"]),
      ("tomli==2; python_version >= '3.11' --hash=sha256:aa --hash=sha256:bb", "tomli", []),
      ("six==1 --config-settings=x=y", "six", []), ("a-b >= 1", "a-b", []),
      ("name @ https://example.org/a;b.whl ; os_name == 'posix'", "name", []),
      ("name@https://example.org/a.tar.gz", "name", []),
      ("git+https://example.org/x.git@v1#egg=name[web]&subdirectory=y", "name", ["web"]),
      ("https://example.org/d/My_Name-1.0-py3-none-any.whl?x=1#sha256=aa", "my-name", []),
      ("wheels/name-1.0-py3-none-any.whl", "name", []), ("name-1.0-py3-none-any.whl", "name", []),
    ] as [(String, String, [String])])
  func `a line names a distribution`(text: String, name: String, extras: [String]) throws {
    guard case .named(let read) = RequirementFileLine(text) else {
      Issue.record("\(RequirementFileLine(text))")
      return
    }
    #expect(read.name == name)
    #expect(read.extras == extras)
    #expect(!(read.marker ?? "").contains("hash"))
  }

  @Test(arguments: [
    ("libs/shared", RequirementFileLine.path), ("file:///a/b.tar.gz", .path),
    ("https://example.org/archive.tar.gz", .nameless), ("git+ssh://git@x/y.git", .nameless),
    ("???", .broken), ("a b", .broken), ("==1", .broken),
  ])
  func `a line that names none`(text: String, line: RequirementFileLine) {
    #expect(RequirementFileLine(text) == line)
  }
}

@Suite struct StatedRequirementsTests {
  /// What a file states, as `name[extras] path:line`, and the codes of what is wrong.
  private func read(
    _ name: String, _ files: [String: String], local: Set<String> = []
  ) throws -> (stated: [String], problems: [String]) {
    let folder = try Folder(files)
    var read = StatedRequirements(project: folder.path, local: local)
    try read.read("\(folder.path)/\(name)", for: platform)
    return (
      read.stated.map { item in
        let extras = item.extras.isEmpty ? "" : "[\(item.extras.joined(separator: ","))]"
        return "\(item.name)\(extras) \(item.origin.path):\(item.origin.line)"
          + (item.isLocal ? " local" : "")
      },
      read.diagnostics.map { "\($0.code) \($0.location?.path ?? ""):\($0.location?.line ?? 0)" }
    )
  }

  @Test func `a requirements file states its lines and those that it includes`() throws {
    let (stated, problems) = try read(
      "requirements.txt",
      [
        "requirements.txt": """
        # what it needs
        --index-url https://example.org/simple
        -r more/base.txt
        -c limits.txt
        Pandas[Excel_X,sql]>=2 \\
            --hash=sha256:aa    # comment
        colorama==1 ; sys_platform == 'win32' --hash=sha256:cc
        tomli; python_version >= "3.11"
        -e ./libs/shared
        ./libs/other
        """,
        "more/base.txt": "six\n-r ../requirements.txt\n", "limits.txt": "six<2",
      ])
    #expect(
      stated == [
        "six more/base.txt:1", "pandas[excel-x,sql] requirements.txt:5", "tomli requirements.txt:8",
      ])
    #expect(problems.isEmpty)
  }

  @Test func `what cannot be read of a requirements file is told, and the rest states`() throws {
    let (stated, problems) = try read(
      "requirements.txt",
      ["requirements.txt": "six\n???\n-r gone.txt\nhttps://x.org/a.zip\nboto3\n"])
    #expect(stated == ["six requirements.txt:1", "boto3 requirements.txt:5"])
    #expect(
      problems.sorted() == [
        "broken-requirement requirements.txt:2", "nameless-requirement requirements.txt:4",
        "no-requirements requirements.txt:3",
      ])
  }

  @Test func `a project file states its dependencies, but not those of its extras and groups`()
    throws
  {
    let (stated, problems) = try read(
      "pyproject.toml",
      [
        "pyproject.toml": """
        [project]
        dependencies = ["requests[socks]>=2", "colorama; sys_platform == 'win32'", "Shop_Core", "lib"]
        optional-dependencies = { web = ["flask"] }
        [dependency-groups]
        dev = ["pytest"]
        [tool.uv.sources]
        shop-core = { workspace = true }
        """
      ], local: ["lib"])
    #expect(
      stated == [
        "requests[socks] pyproject.toml:2", "shop-core pyproject.toml:2 local",
        "lib pyproject.toml:2 local",
      ])
    #expect(problems.isEmpty)
  }

  @Test func `a dependency that is none is told where it stands`() throws {
    let (stated, problems) = try read(
      "pyproject.toml", ["pyproject.toml": "[project]\ndependencies = [\n'six',\n'a b',\n3]\n"])
    #expect(stated == ["six pyproject.toml:3"])
    #expect(
      problems == ["broken-requirement pyproject.toml:4", "broken-requirement pyproject.toml:5"])
    #expect(try read("pyproject.toml", ["pyproject.toml": "x ="]).problems.count == 1)
  }

  @Test func `a lock of Poetry's states what the project file beside it does`() throws {
    let (stated, _) = try read(
      "poetry.lock",
      [
        "poetry.lock": "[[package]]\nname = 'numpy'\nversion = '2'\n",
        "pyproject.toml": """
        [tool.poetry.dependencies]
        python = "^3.12"
        requests = "^2"
        pandas = { version = "^2", extras = ["excel"] }
        flask = { version = "^3", optional = true }
        tomli = { version = "^2", python = "<3.11" }
        numpy = [{ version = "^1", python = "<3.12" }, { version = "^2", python = ">=3.12" }]
        pywin = { version = "*", platform = "win32" }
        shared = { path = "../shared" }
        """,
      ])
    #expect(
      stated == [
        "requests pyproject.toml:3", "pandas[excel] pyproject.toml:4", "numpy pyproject.toml:7",
        "shared pyproject.toml:9 local",
      ])
  }

  @Test func `a lock of pipenv's states what the Pipfile beside it does`() throws {
    let (stated, _) = try read(
      "Pipfile.lock",
      [
        "Pipfile.lock": #"{"default": {"numpy": {"version": "==2"}}}"#,
        "Pipfile": """
        [packages]
        requests = "*"
        pandas = { version = "*", extras = ["excel"] }
        pywin32 = { version = "*", sys_platform = "== 'win32'" }
        old = { version = "*", markers = "python_version < '3.9'" }
        [dev-packages]
        pytest = "*"
        """,
      ])
    #expect(stated == ["requests Pipfile:2", "pandas[excel] Pipfile:3"])
  }

  @Test func `uv's lock states what the workspace's members depend on`() throws {
    let (stated, _) = try read(
      "uv.lock",
      [
        "uv.lock": """
        [[package]]
        name = "app"
        version = "0"
        source = { virtual = "." }
        dependencies = [
          { name = "requests", extra = ["socks"] },
          { name = "colorama", marker = "sys_platform == 'win32'" },
          { name = "shop-core" },
        ]
        [package.optional-dependencies]
        web = [{ name = "flask" }]
        [package.dev-dependencies]
        dev = [{ name = "pytest" }]
        [[package]]
        name = "shop-core"
        version = "0"
        source = { editable = "packages/core" }
        dependencies = [{ name = "numpy" }]
        [[package]]
        name = "numpy"
        version = "2"
        source = { registry = "https://pypi.org/simple" }
        dependencies = [{ name = "nobody" }]
        """
      ])
    #expect(
      stated == [
        "requests[socks] uv.lock:6", "shop-core uv.lock:8 local", "numpy uv.lock:18",
      ])
  }

  @Test(arguments: ["pylock.toml", "pylock.dev.toml"])
  func `a lock without roots states nothing`(name: String) throws {
    let (stated, problems) = try read(name, [name: "[[packages]]\nname = 'six'\nversion = '1'\n"])
    #expect(stated.isEmpty)
    #expect(problems.isEmpty)
  }
}
