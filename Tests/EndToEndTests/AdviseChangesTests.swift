import Files
import TestKit
import Testing
import Text

/// A distribution in `site`: its metadata, and one module of letters.
private func distribution(
  _ name: String, version: String = "1.0", letters: Int, metadata: String = "", module: String = ""
) -> [String: String] {
  let seed = name.utf8.reduce(0 as UInt64) { $0 &* 31 &+ UInt64($1) }
  let info = "site/\(name)-\(version).dist-info"
  return [
    "site/\(name).py": module + "LETTERS = '\(ballast(letters, seed: seed))'\n",
    "\(info)/METADATA": "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\n\(metadata)",
    "\(info)/RECORD": "\(name).py,,\n\(name)-\(version).dist-info/METADATA,,\n",
  ]
}

private func merged(_ parts: [String: String]...) -> [String: String] {
  parts.reduce(into: [:]) { $0.merge($1) { a, _ in a } }
}

private func suggestions(_ folder: Folder, _ options: String...) throws -> [Datum] {
  let answer = try Tool.run(["advise", "--format", "json"] + options, in: folder.path)
  try #require(answer.exitCode == 0, "\(answer.errors)")
  return try JSON.read(Array(answer.output.utf8), path: "advice")["suggestions"].elements
}

private func only(_ kind: String, _ folder: Folder) throws -> Datum {
  let found = try suggestions(folder).filter { try $0["kind"].text == kind }
  try #require(found.count == 1)
  return found[0]
}

private func sizes(_ folder: Folder) throws -> [String: Int64] {
  let answer = try Tool.run(["package"], in: folder.path)
  try #require(answer.exitCode == 0, "\(answer.errors)")
  let names = try PackageReport(folder("dist/report.json")).functions.map(\.name)
  return Dictionary(
    uniqueKeysWithValues: try names.map { ($0, Int64(try folder.read("dist/\($0).zip").count)) })
}

/// That making a change saves what was promised, function by function, to the byte.
private func expect(
  _ suggestion: Datum, saves folder: Folder, by change: (Folder) throws -> Void
) throws {
  var promised: [String: Int64] = [:]
  for saving in try suggestion["savings"].elements {
    promised[try saving["function"].text] = try saving["zipped"].number
  }
  let before = try sizes(folder)
  try change(folder)
  let after = try sizes(folder)
  for (name, size) in before {
    #expect(size - (after[name] ?? 0) == promised[name] ?? 0, "\(name)")
  }
  #expect(promised.values.reduce(0, +) >= 20_000)
}

/// Whatever is suggested is made as it is said, and packaged again.
@Suite struct `Advice about what is shipped` {
  @Test func `of a large distribution few names are used, in several files`() throws {
    let folder = try Folder(
      merged(
        [
          "pare.toml": "environment = \"site\"\ndiscover = [\"functions/*/app.py:handler\"]\n",
          "functions/orders/app.py": """
          import panda as pd
          from shared import dates

          def handler(event, context): return pd.Stamp(event), dates.day(event)

          """,
          "functions/rates/app.py": "def handler(event, context): return 1\n",
          "shared/__init__.py": "",
          "shared/dates.py": """
          # panda.Frame would do, too.
          def day(text):
              from panda import Stamp as S
              return S(text)

          """,
        ], distribution("panda", letters: 90_000)))
    let found = try only("small-use", folder)
    #expect(try found["used"].elements.map { try $0.text } == ["panda.Stamp"])
    #expect(try found["brings"].elements.map { try $0.text } == ["panda"])
    #expect(try found["edits"].elements.count == 2)
    #expect(
      try Tool.run(["advise"], in: folder.path).output.contains(
        "all that is used of it is panda.Stamp, and it brings panda\n"))
    try expect(found, saves: folder) { try apply(found, in: $0) }
  }

  @Test(arguments: [
    "x = pd", "x = [pd.A, pd.B, pd.C, pd.D]", "x = f'{pd.A}'", "x = pd.A; locals()[pd]",
  ])
  func `what is used otherwise is no small use`(line: String) throws {
    let folder = try Folder(
      merged(
        [
          "pare.toml":
            "environment = \"site\"\n[functions.f]\nhandler = \"app.handler\"\n",
          "app.py": "import panda as pd\n\(line)\ndef handler(event, context): return x\n",
        ], distribution("panda", letters: 90_000)))
    let kinds = try suggestions(folder).map { try $0["kind"].text }
    #expect(kinds == ["cut"])
  }

  /// The project of a function that ships what AWS Lambda has, beside one of Google's.
  private func cloud(_ setting: String = "") throws -> Folder {
    try Folder(
      merged(
        [
          "pare.toml": """
          environment = "site"
          \(setting)
          [functions.orders]
          handler = "app.handler"
          [functions.rates]
          handler = "main.handler"
          provider = "google-cloud-functions"

          """,
          "app.py": "import boto3\ndef handler(event, context): return boto3\n",
          "main.py": "import boto3\ndef handler(request): return boto3\n",
        ],
        distribution(
          "boto3", version: "1.40.1", letters: 30_000, metadata: "Requires-Dist: botocore\n",
          module: "import botocore\n"),
        distribution("botocore", version: "1.40.2", letters: 60_000)))
  }

  @Test func `the provider's runtime has it already`() throws {
    let folder = try cloud()
    let found = try only("provided", folder)
    #expect(try found["brings"].elements.map { try $0.text } == ["boto3", "botocore"])
    let lines = try found["settings"].elements.map { try $0.text }
    #expect(lines == ["provided = \"omit\""])
    let text = try Tool.run(["advise"], in: folder.path).output
    #expect(text.contains("    pare.toml, at its top\n    + provided = \"omit\"\n"), "\(text)")
    #expect(text.contains("change without you; shipped are boto3 1.40.1, botocore 1.40.2\n"))
    try expect(found, saves: folder) {
      try $0.write(lines[0] + "\n" + (try $0.text("pare.toml")), to: "pare.toml")
    }
  }

  @Test func `what the configuration has decided is not suggested`() throws {
    let folder = try cloud("provided = \"ship\"")
    #expect(try !suggestions(folder).contains { try $0["kind"].text == "provided" })
  }

  @Test func `an extra of a requirement brings what works without it`() throws {
    let folder = try Folder(
      merged(
        [
          "pare.toml": "environment = \"site\"\n[functions.f]\nhandler = \"app.handler\"\n",
          "app.py": "import tea\ndef handler(event, context): return tea\n",
          "requirements.txt": "# Hot.\ntea[milk]\n",
        ],
        distribution(
          "tea", letters: 30_000,
          metadata: "Provides-Extra: milk\nRequires-Dist: milk; extra == \"milk\"\n",
          module: "try:\n    import milk\nexcept ImportError:\n    milk = None\n"),
        distribution("milk", letters: 60_000)))
    let found = try only("extra", folder)
    #expect(try found["location"]["file"].text == "requirements.txt")
    #expect(try found["location"]["line"].number == 2)
    #expect(try found["brings"].elements.map { try $0.text } == ["tea[milk]", "milk"])
    try expect(found, saves: folder) { try $0.write("tea\n", to: "requirements.txt") }
  }

  private static let compiler = Program.find("cc") ?? Program.find("clang")
  private static let strip = Program.find("llvm-strip") ?? Program.find("strip")

  @Test(.enabled(if: compiler != nil && strip != nil, "needs a C compiler and strip"))
  func `native libraries are shipped with their symbols`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = \"app.handler\"\ninclude = [\"lib/*.so\"]\n",
      "app.py": "def handler(event, context): return 1\n",
      "lib/a.c": (0..<2_000).map {
        "static int f\(ballast(20, seed: UInt64($0) &* 977))(int x) { return x + \($0); }\n"
          + "int g\($0)(int x) { return f\(ballast(20, seed: UInt64($0) &* 977))(x); }\n"
      }.joined(),
    ])
    let made = try #require(Self.compiler).run(
      ["-g", "-shared", "-fPIC", "-o", "lib/liba.so", "lib/a.c"], folder: folder.path)
    try #require(made.isSuccess, "\(made.errorText)")
    let found = try only("strip", folder)
    let lines = try found["settings"].elements.map { try $0.text }
    #expect(lines == ["strip = \"unneeded\""])
    try expect(found, saves: folder) {
      try $0.write(lines[0] + "\n" + (try $0.text("pare.toml")), to: "pare.toml")
    }
  }

  @Test func `what is asked for and reached by nobody is in no archive`() throws {
    let folder = try barrelShop()
    try folder.write("tea\ncocoa\nwater\nspare\n", to: "requirements.txt")
    let text = try Tool.run(["advise"], in: folder.path).output
    #expect(text.contains("asked for, and reached by no function: spare 1.0\n"))
    let before = try sizes(folder)
    try folder.write("tea\ncocoa\nwater\n", to: "requirements.txt")
    try FileSystem.removeTree(folder("site/spare-1.0.dist-info"))
    try FileSystem.removeFile(folder("site/spare.py"))
    #expect(try sizes(folder) == before)
  }

  @Test func `a comment makes no edit uncertain`() throws {
    let folder = try barrelShop()
    try folder.write(
      "# See what 'from shared import Frame' and \"shared\" would save: shared.Frame.\n"
        + (try folder.text("functions/orders/app.py")), to: "functions/orders/app.py")
    let barrel = try #require(
      try suggestions(folder).first {
        try $0["kind"].text == "barrel" && $0["location"]["line"].number == 2
      })
    #expect(try barrel["doubts"].elements.isEmpty)
    try expect(barrel, saves: folder) { try apply(barrel, in: $0) }
  }

  @Test func `what would save little is counted, and not shown`() throws {
    let folder = try Folder(
      merged(
        [
          "pare.toml": "environment = \"site\"\n[functions.f]\nhandler = \"app.handler\"\n",
          "app.py": "import boto3\ndef handler(event, context): return boto3\n",
        ], distribution("boto3", letters: 3_000)))
    let text = try Tool.run(["advise"], in: folder.path).output
    #expect(
      text.hasPrefix("1 change that would save less than 20.0 kB zipped: not shown\n"), "\(text)")
  }
}
