import Files
import TestKit
import Testing
import Text

/// The storefront with its real packages: packaged from wheels and from an installed folder, and each
/// archive judged by whether it answers.
@Suite(
  .serialized,
  .enabled(if: Python.python312 != nil, "needs a Python 3.12 interpreter"),
  .enabled(if: PyPI.isReachable, "needs PyPI"))
struct `The storefront` {
  /// How a function's provider calls it: Python that has `event` and sets `answer`.
  private static let calls: [(function: String, call: String)] = [
    ("auth", "import authorizer; answer = authorizer.authorize(event, None)"),
    ("catalog", "import app; answer = app.handler(event, None)"),
    ("cleanup", "import jobs.cleanup; answer = jobs.cleanup.handler(event, None)"),
    ("invoices", "import app; answer = app.handler(event, None)"),
    (
      "loyalty",
      "import function_app, azure.functions as f; message = f.QueueMessage(body=json.dumps(event)"
        + ".encode()); answer = json.loads(function_app.app.get_functions()[0]"
        + ".get_user_function()(message))"
    ),
    ("orders", "import api; answer = api.handler(event, None)"),
    ("reports", "import app; answer = app.handler(event, None)"),
    ("search", "import app; answer = app.handler(event, None)"),
    ("stock-sync", "import main; answer = main.sync(event, None)"),
    ("thumbnails", "import app; answer = app.handler(event, None)"),
    ("webhooks", "import app; answer = app.handler(event, None)"),
  ]

  /// Packaged once from `requirements.txt`, as the README says; the tests only look at it.
  private static let fromWheels = Result { () throws -> (Folder, Tool.Answer) in
    let folder = try Folder()
    try folder.copy("\(TestProject.folder)/storefront", to: "storefront")
    let run = try Tool.run(
      ["package", "--project", folder("storefront")], in: folder.path, cache: folder("cache"),
      timeout: 900)
    return (folder, run)
  }

  @Test func `is downloaded and packaged, one archive per function`() throws {
    let (folder, run) = try Self.fromWheels.get()
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      try archives(in: folder("storefront/dist")) == Self.calls.map { "\($0.function).zip" },
      "\(run.errors)")
    #expect(!run.output.contains("\u{1b}"), "colours where there is no terminal")
  }

  @Test(arguments: calls.map(\.function))
  func `answers its event from the archive alone, packaged from wheels`(function: String) throws {
    try judge(function, archivesIn: try Self.fromWheels.get().0("storefront/dist"))
  }

  private static let fromInstalled = Result { () throws -> Folder in
    let folder = try Folder()
    try folder.copy("\(TestProject.folder)/storefront", to: "storefront")
    let python = try #require(Python.python312)
    let installed = try python.program.run(
      [
        "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check",
        "--only-binary=:all:", "--target", folder("site"), "--requirement",
        folder("storefront/requirements.txt"),
      ], timeout: 900)
    #expect(installed.isSuccess, "\(installed.errorText)")
    let run = try Tool.run(
      ["package", "--project", folder("storefront"), "--environment", folder("site")], timeout: 600)
    #expect(run.exitCode == 0, "\(run.errors)")
    return folder
  }

  @Test(arguments: calls.map(\.function))
  func `answers its event from the archive alone, packaged from an installed folder`(
    function: String
  ) throws {
    try judge(function, archivesIn: try Self.fromInstalled.get()("storefront/dist"))
  }

  @Test func `gives the same bytes with other workers, another folder, another umask`() throws {
    let (folder, _) = try Self.fromWheels.get()
    let script = "umask 077; cd /; LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo exec \"$@\""
    for jobs in ["1", "5"] {
      let other = try Folder()
      let outcome = try Program(path: "/bin/sh").run(
        [
          "-c", script, "sh", try Tool.path(), "package", "--project", folder("storefront"),
          "--output", other("out"), "--jobs", jobs, "--no-cache",
        ], timeout: 600)
      #expect(outcome.isSuccess, "\(outcome.errorText)")
      for name in try archives(in: folder("storefront/dist")) {
        let same =
          try FileSystem.read(folder("storefront/dist/\(name)"))
          == FileSystem.read(other("out/\(name)"))
        #expect(same, "\(name) with \(jobs) workers")
      }
    }
  }

  @Test func `a second run writes nothing`() throws {
    let (folder, _) = try Self.fromWheels.get()
    func keys() throws -> [StatKey?] {
      try FileSystem.names(in: folder("storefront/dist")).map {
        StatKey(ifPresent: folder("storefront/dist/\($0)"))
      }
    }
    let before = try keys()
    let run = try Tool.run(
      ["package", "--project", folder("storefront")], in: folder.path, cache: folder("cache"))
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try keys() == before)
  }

  @Test func `archives are read by unzip, Python and 7-Zip`() throws {
    let (folder, _) = try Self.fromWheels.get()
    let python = try #require(Python.python312).program
    for name in try archives(in: folder("storefront/dist")) {
      let path = folder("storefront/dist/\(name)")
      let readers: [(Program?, [String])] = [
        (Program.find("unzip"), ["-tqq", path]),
        (python, ["-m", "zipfile", "-t", path]),
        (Program.find("7z") ?? Program.find("7zz") ?? Program.find("7za"), ["t", path]),
      ]
      for (reader, arguments) in readers {
        guard let reader else { continue }
        let read = try reader.run(arguments, timeout: 120)
        #expect(read.isSuccess, "\(reader.path) \(name): \(read.outputText)\(read.errorText)")
      }
    }
  }

  @Test func `the report's sizes add up to the archives'`() throws {
    let (folder, _) = try Self.fromWheels.get()
    for function in try PackageReport(folder("storefront/dist/report.json")).functions {
      let path = folder("storefront/dist/\(function.name).zip")
      // A local header, a directory entry, the name twice; one end record; no ZIP64 here.
      let headers = function.entries.reduce(22) { $0 + 30 + 46 + 2 * Int64($1.path.utf8.count) }
      let data = function.entries.reduce(0) { $0 + $1.zipped }
      #expect(headers + data == function.zipped, "\(function.name)")
      #expect(StatKey(ifPresent: path)?.size ?? 0 == function.zipped, "\(function.name)")
      #expect(function.entries.reduce(0) { $0 + $1.unzipped } == function.unzipped)
    }
  }

  @Test func `each function ships what it uses, and not its neighbours' packages`() throws {
    let (folder, _) = try Self.fromWheels.get()
    func has(_ function: String, _ prefix: String) throws -> Bool {
      try members(of: folder("storefront/dist/\(function).zip")).contains { $0.hasPrefix(prefix) }
    }
    #expect(try !has("auth", "boto3/"))
    #expect(try !has("search", "sqlalchemy/"))
    #expect(try !has("stock-sync", "sqlalchemy/"))
    #expect(try !has("webhooks", "boto3/"), "reading a resource is no walk over its package")
    #expect(try !has("catalog", "sqlalchemy/"), "`from commerce import Money` asks for no session")
    #expect(try has("catalog", "libs/commerce/money.py") || has("catalog", "commerce/money.py"))
    #expect(try !has("orders", "requests"), "a key of the event is no module")
    #expect(try !has("search", "pandas/"))
    #expect(try has("invoices", "pandas/"), "the barrel brings it")
    #expect(try has("cleanup", "pymysql/"), "a connection string names it")
    #expect(try has("stock-sync", "main.py"))
    #expect(try has("loyalty", ".python_packages/lib/site-packages/azure/functions/"))
    #expect(try !has("reports", "libs/"))
    #expect(try !has("orders", "botocore/data/ec2/"))
    #expect(try has("orders", "botocore/data/sqs/"))
  }

  private func judge(_ function: String, archivesIn dist: String) throws {
    let python = try #require(Python.python312)
    let call = try #require(Self.calls.first { $0.function == function }?.call)
    let unpacked = try Folder()
    let unzipped = try python.program.run(
      ["-m", "zipfile", "-e", "\(dist)/\(function).zip", unpacked.path], timeout: 120)
    #expect(unzipped.isSuccess, "\(unzipped.errorText)")
    let example = "\(TestProject.folder)/storefront/examples/\(function)"
    let outcome = try python.answer(
      folders: [unpacked.path, unpacked(".python_packages/lib/site-packages")],
      event: "\(example)/event.json", call: call)
    #expect(outcome.isSuccess, "\(outcome.errorText)")
    let expected = try python.run(
      "import json, sys; print(json.dumps(json.load(open(sys.argv[1])), sort_keys=True))",
      ["\(example)/expected.json"])
    #expect(outcome.outputText == expected.outputText)
  }
}
