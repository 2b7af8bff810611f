import Model
import Testing
import Text

@testable import Bundling

@Suite struct `What Poetry writes its own way` {
  @Test(arguments: [
    ("^1.2.3", ">=1.2.3,<2"), ("^0.2.3", ">=0.2.3,<0.3"), ("^0.0.3", ">=0.0.3,<0.0.4"),
    ("^0.0", ">=0.0,<0.1"), ("^0", ">=0,<1"), ("^2", ">=2,<3"), ("^1.0.0b1", ">=1.0.0b1,<2"),
    ("~1.2.3", ">=1.2.3,<1.3"), ("~1.2", ">=1.2,<1.3"), ("~1", ">=1,<2"), ("~=1.4", "~=1.4"),
    ("*", ""), ("1.2.*", "==1.2.*"), ("1.2.3", "==1.2.3"), (">= 2.0, < 3", ">=2.0,<3"),
    ("=1.5", "==1.5"), ("!=1.1", "!=1.1"), ("^1 || ^2", ""),
  ])
  func `is what pip reads`(constraint: String, specifier: String) {
    #expect(PoetryDependencies.specifier(constraint) == specifier)
  }

  @Test func `is asked for as far as the target takes it`() throws {
    let text = """
      [tool.poetry.dependencies]
      python = "^3.12"
      tea = "^1.1"
      pandas = { version = "~2.1", extras = ["excel", "html"] }
      spoon = { version = "*", optional = true }
      numpy = [{ version = "^1", python = "<3.12" }, { version = "^2", python = ">=3.12" }]
      winapi = { version = "*", markers = "sys_platform == 'win32'" }
      core = { path = "../core", develop = true }
      """
    let table = try TOML.read(Array(text.utf8), path: "pyproject.toml").table
    let platform = WheelPlatform(
      runtime: Runtime(language: "python", major: 3, minor: 12), architecture: .x86_64)
    let lines = PoetryDependencies.lines(
      table?["tool"]?.table?["poetry"]?.table?["dependencies"]?.table, platform)
    #expect(lines == ["tea>=1.1,<2", "pandas[excel,html]>=2.1,<2.2", "numpy>=2,<3"])
    let read = try projectLines(
      "/p/pyproject.toml", Array(text.utf8), shown: "pyproject.toml", platform)
    #expect(read == lines)
  }
}
