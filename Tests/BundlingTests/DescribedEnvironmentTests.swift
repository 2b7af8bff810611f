import Files
import Model
import PythonLanguage
import TestKit
import Testing
import YAML

@testable import Bundling

/// What each function's environment is to be made of: `name: folder or files`, below the project.
private func choices(_ folder: Folder) throws -> [String] {
  let configuration = try Configuration.find(project: folder.path, languages: ["python"])
  let tree = try ProjectTree(folder.path, jobs: 1)
  let declared = try configuration.declaredFunctions(
    in: tree, wanted: [], languages: ["python"], jobs: 1)
  var environments = Environments(configuration, Options(), tree)
  return declared.functions.map { function in
    let platform = WheelPlatform(
      runtime: function.layer.runtime?.value ?? Runtime(language: "python", major: 3, minor: 12),
      architecture: function.layer.architecture?.value ?? .x86_64)
    let choice = environments.choice(for: function, platform, current: folder.path)
    let paths = choice.paths.map { $0.dropFirst(folder.path.utf8.count + 1) }
    let kind =
      switch choice {
      case .folders: "in"
      case .provision: "from"
      case .none: "nothing"
      }
    return ([function.name, kind] + paths.map(String.init)).joined(separator: " ")
  }
}

private func template(_ functions: KeyValuePairs<String, String>) -> String {
  "Resources:\n"
    + functions.map { name, properties in
      "  \(name): {Type: 'AWS::Serverless::Function', Properties: {Handler: app.handler, \(properties)}}\n"
    }.joined()
}

@Suite(
  .enabled(
    if: YAML.isAvailable && System.variable("VIRTUAL_ENV") == nil,
    "libyaml is not installed, or a virtual environment is active"))
struct `The environment of a described function` {
  private func installed(_ folder: Folder, _ environment: String, _ names: [String]) throws {
    try folder.write("", to: "\(environment)/pyvenv.cfg")
    try FileSystem.createFolder(
      folder("\(environment)/lib/python3.12/site-packages"))
    for name in names {
      try folder.write(
        "Name: \(name)\nVersion: 1\n",
        to: "\(environment)/lib/python3.12/site-packages/\(name)-1.dist-info/METADATA")
    }
  }

  @Test func `is what its own requirements ask for, else the project's`() throws {
    let folder = try Folder([
      "template.yaml": template([
        "A": "CodeUri: a/src, Runtime: python3.12", "B": "CodeUri: b, Runtime: python3.12",
        "C": "CodeUri: c, Runtime: python3.12",
      ]),
      "a/src/app.py": "", "a/requirements.txt": "x", "b/app.py": "", "b/uv.lock": "",
      "b/requirements.txt": "y", "c/app.py": "",
      "pyproject.toml": "[project]\ndependencies = ['z']",
    ])
    #expect(
      try choices(folder) == [
        "A from a/requirements.txt", "B from b/uv.lock", "C from pyproject.toml",
      ])
  }

  @Test func `is a virtual environment that has what is asked for, of the runtime's version`()
    throws
  {
    let folder = try Folder([
      "template.yaml": template([
        "A": "CodeUri: a, Runtime: python3.12", "B": "CodeUri: b, Runtime: python3.12",
        "C": "CodeUri: a, Runtime: python3.11", "D": "CodeUri: d, Runtime: python3.12",
      ]),
      "a/app.py": "", "a/requirements.txt": "Has_It==1\n", "b/app.py": "",
      "b/requirements.txt": "lacks-it\n", "d/app.py": "",
    ])
    try installed(folder, ".venv", ["has.it"])
    try installed(folder, "d/.venv", [])
    #expect(
      try choices(folder) == [
        "A in .venv", "B from b/requirements.txt", "C from a/requirements.txt", "D in d/.venv",
      ])
  }

  @Test func `has what the project files of its layers ask for`() throws {
    let folder = try Folder([
      "template.yaml": template(["A": "CodeUri: a, Runtime: python3.12, Layers: [!Ref L]"])
        + "  L:\n    Type: AWS::Serverless::LayerVersion\n    Metadata: {BuildMethod: python3.12}\n"
        + "    Properties: {ContentUri: layer}\n",
      "a/app.py": "", "a/requirements.txt": "x", "layer/requirements.txt": "y",
      "pyproject.toml": "[tool.black]\n",
    ])
    #expect(try choices(folder) == ["A from a/requirements.txt layer/requirements.txt"])
  }

  @Test func `is what the configuration says, where it says so`() throws {
    let folder = try Folder([
      "template.yaml": template(["A": "CodeUri: a, Runtime: python3.12", "B": "CodeUri: a"]),
      "a/app.py": "", "a/requirements.txt": "x", "wheels/x": "", "b.txt": "",
      "pare.toml": "environment = \"wheels\"\n[functions.B]\nenvironment = [\"other\"]\n",
    ])
    #expect(try choices(folder) == ["A in wheels", "B in other"])
  }

  @Test func `that cannot be had is an error of that function alone`() throws {
    let folder = try Folder([
      "template.yaml": template([
        "Bad": "CodeUri: a, Runtime: python3.12", "Good": "CodeUri: b, Runtime: python3.12",
        "Worse": "CodeUri: a, Runtime: python3.12",
      ]),
      "a/app.py": "def handler(e, c): pass", "a/requirements.txt": "-r nowhere.txt\n",
      "b/app.py": "def handler(e, c): pass",
    ])
    let found = try discover(Options(project: folder.path), languages: [PythonLanguage()])
    #expect(found.workspace.functions.rows.map(\.name) == ["Good"])
    #expect(Set(found.refused.compactMap(\.function)) == ["Bad", "Worse"])
    #expect(found.refused.allSatisfy { $0.severity == .error })
  }

  @Test func `is not shared by functions of two versions`() throws {
    let folder = try Folder([
      "template.yaml": template([
        "New": "CodeUri: a, Runtime: python3.13", "Old": "CodeUri: a, Runtime: python3.9",
        "Arm": "CodeUri: a, Runtime: python3.13, Architectures: [arm64]",
      ]),
      "a/app.py": "def handler(e, c): pass",
    ])
    let found = try discover(Options(project: folder.path), languages: [PythonLanguage()])
    #expect(found.workspace.targets.rows.count == 3)
    #expect(Set(found.workspace.functions.rows.map(\.overlay)).count == 1)
  }
}
