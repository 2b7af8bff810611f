import Model
import PythonLanguage
import Testing

/// Folders of data of which a rule keeps those that code names: services of AWS.
@Suite struct ServiceTests {
  /// What of the services is kept, beside the one that always is.
  private func services(_ app: String, _ more: [String: String] = [:]) -> [String] {
    services(trace(app, more))
  }

  private func services(_ traced: Traced) -> [String] {
    traced.files().compactMap { path in
      let parts = path.split(separator: "/")
      return path.hasPrefix("botocore/data/") && parts.count == 5 ? String(parts[2]) : nil
    }.filter { $0 != "sts" }
  }

  private func trace(
    _ app: String, _ more: [String: String] = [:], services: [String]? = nil
  ) -> Traced {
    var project = PythonProject(source: ["app.py": "import boto3, os\n" + app])
    project.source.merge(more) { $1 }
    project.install("boto3", ["boto3/__init__.py": "import botocore"], requires: ["botocore"])
    project.install(
      "botocore",
      [
        "botocore/__init__.py": "def client(name): make(name)", "botocore/data/x.json": "",
        "botocore/data/s3/2006/service.json": "", "botocore/data/ec2/2006/service.json": "",
        "botocore/data/sqs/2006/service.json": "", "botocore/data/sts/2006/service.json": "",
      ])
    project.install("docker", ["docker/__init__.py": ""])
    if let services {
      var setting = Settings.DistributionRule(origin: SourceLocation(path: "pare.toml", line: 9))
      setting.services = services
      project.settings = ["botocore": setting]
    }
    return project.trace()
  }

  private static let all = ["ec2", "s3", "sqs"]

  @Test(arguments: [
    "boto3.client('s3')",
    "boto3.client(service_name='s3', region_name=os.environ['R'])",
    "boto3.session.Session(region).client('s3')",
    "NAMES = {'files': 's3', 'queue': 'sqs'}\nboto3.client(NAMES[os.environ['X']])",
    "NAMES = {'files': 's3'}\nboto3.client(NAMES.get(x, 'sqs'))",
    "for name in ('s3', 'sqs'): boto3.client(name)",
    "def client(name, **options): return boto3.client(name, **options)\nclient('s3', verify=x)",
    "def client(name): return boto3.client(name)\nclient('s3')",
    "boto3.client('s3', *rest)",
    "clients = {name: boto3.client(name) for name in ['s3', 'sqs']}",
    "list(map(boto3.client, ['s3', 'sqs']))",
    "def make(service): return boto3.client(service)\nmake('s3')",
    "def make(service='s3'): return boto3.client(service)\nmake()",
    "def make(*, service='s3'): return boto3.client(service_name=service)\nmake(service='sqs')",
    """
    class Store:
      def __init__(self, table, service):
        self.client = boto3.client(service)
      @classmethod
      def other(cls, service): return cls('t', 's3')
    Store(os.environ['T'], 's3')
    """,
    "def outer(a, b): return make(b)\ndef make(s): return boto3.client(s)\nouter(x, 's3')",
    "import docker\ndocker.client(os.environ['URL'])\nboto3.client('s3')",
    "import docker\nhub = docker.Hub(x)\nhub.resource(os.environ['URL'])\nboto3.client('s3')",
    "import http.client as c\nc.client(x)\nboto3.client('s3')",
    "functools.partial(boto3.client, 's3')()",
    "make = partial(boto3.client, region_name=x)\nmake('s3')",
    "make = boto3.client\nmake('s3')", "pool.submit(boto3.client, 's3')",
    "getattr(boto3, 'client')('s3')", "getattr(boto3, kind)('s3')",
    "getattr(request, 'client', None)\nuse(self.client, client)\nboto3.client('s3')",
    "boto3.client('s3').put_object(Key=os.environ['K'])",
    "boto3.client('s3')\nboto3.client(x)  # pare: ignore",
  ])
  func `names that code shows are all that is kept`(_ app: String) {
    let traced = trace(app)
    #expect(traced.graph.blindSpots.isEmpty)
    #expect(services(traced).contains("s3"))
    #expect(!services(traced).contains("ec2"))
  }

  @Test(arguments: [
    ("boto3.client(os.environ['S'])", "boto3.client(os.environ['S'])"),
    ("boto3.session.Session().client(name)", "client(name)"),
    ("boto3.client(service_name=f's{n}')", "boto3.client(service_name=f's{n}')"),
    ("boto3.client(**options)", "boto3.client(**options)"),
    ("from boto3 import client as c\nc(x)", "c(x)"),
    ("make = boto3.client\nmake(x)", "make(x)"),
    ("list(map(boto3.client, names))", "map(boto3.client, names)"),
    ("partial(boto3.client, x)", "boto3.client"),
    ("make = partial(boto3.client, region_name=x)\nmake(y)", "make(y)"),
    ("make = partial(boto3.client, region_name=x)", "boto3.client"),
    ("retry(boto3.client, 's3')", "boto3.client"),
    ("s = boto3.Session()\nuse(s.client)", "s.client"),
    ("def f(session): return session.client", "session.client"),
    ("from boto3 import client\nuse(client)", "client"),
    ("getattr(boto3, 'client')(x)", "getattr(boto3, 'client')(x)"),
    ("use(getattr(boto3, 'client'))", "getattr(boto3, 'client')"),
    ("getattr(boto3, kind)(x)", "getattr(boto3, kind)(x)"),
    ("NAMES = {'a': 's3'}\nboto3.client(NAMES.get(x, x))", "boto3.client(NAMES.get(x, x))"),
    ("def make(service='s3'): return boto3.client(service)\nmake(x)", "make(x)"),
    ("def make(service): return boto3.client(service)\nmake(**x)", "make(**x)"),
    ("def make(service): return boto3.client(service)\nmake('s3'); partial(make, x)", "make"),
    ("@app.get('/')\ndef route(service): return boto3.client(service)", "boto3.client(service)"),
    (
      "def make(service):\n  service = g(service)\n  boto3.client(service)\nmake('s3')",
      "boto3.client(service)"
    ),
    ("class A:\n  def __init__(self, s): boto3.client(s)\nA('s3')\nclass B(A): pass", "A"),
    (
      "class A:\n  def __init__(self, s): boto3.client(s)\n  @classmethod\n  def of(cls): return cls(x)",
      "cls(x)"
    ),
  ])
  func `a name that only the run knows keeps all, and it is said where`(
    _ app: String, _ expression: String
  ) {
    let traced = trace("X = 's3'\n" + app)
    #expect(services(traced) == Self.all)
    #expect(traced.graph.blindSpots.map(\.expression) == [expression])
    #expect(traced.graph.blindSpots.map(\.chooses) == ["botocore"])
  }

  @Test func `a function of another module is asked for wherever it is called`() {
    let aws = "import boto3\ndef make(service, region): return boto3.client(service, region)"
    #expect(services("import aws\naws.make('s3', r)", ["aws.py": aws]) == ["s3"])
    let open = trace(
      "import aws, boto3\nboto3.client('s3')\naws.make(os.environ['S'], 'r')", ["aws.py": aws])
    #expect(services(open) == Self.all)
    #expect(open.graph.blindSpots.map(\.place.line) == [4])
  }

  @Test(arguments: [
    "from conf import SERVICE\nboto3.client(SERVICE)",
    "from conf import SERVICE as S\nboto3.client(S)",
    "import conf\nboto3.client(conf.SERVICE)",
    "import conf\nname = conf.SERVICE\nboto3.client(name)",
    "import conf\nboto3.client(conf.TABLE[x])",
    "import conf\nfor name in conf.TABLE.values():\n  boto3.client(name)",
    "from conf import NAMES\n[boto3.client(name) for name in NAMES]",
    "from conf import SERVICE\ndef make(s): return boto3.client(s)\nmake(SERVICE)",
  ])
  func `a constant of another module is looked up there`(_ app: String) {
    let constants =
      "SERVICE = 's3'\nTABLE: dict = {'x': 's3'}\nNAMES = ['s3']\nS = T = 'x'\n"
    let traced = trace(app, ["conf.py": constants])
    #expect(services(traced) == ["s3"])
    #expect(traced.graph.blindSpots.isEmpty)
  }

  @Test func `an object of the team's own that is called client is handed on without a doubt`() {
    let app = "from shop import db, client\nuse(db.client, client)\nboto3.client('s3')"
    let traced = trace(app, ["shop/__init__.py": "", "shop/db.py": "client = connect()"])
    #expect(services(traced) == ["s3"])
    #expect(traced.graph.blindSpots.isEmpty)
  }

  @Test func `what a module of the team's own has by a computed name calls for itself`() {
    let traced = trace(
      "import jobs\ngetattr(jobs, event['job'])()\nboto3.client('s3')", ["jobs.py": "def a(): pass"]
    )
    #expect(traced.graph.blindSpots.isEmpty)
    #expect(services(traced) == ["s3"])
  }

  @Test func `another name for a client's function is followed into other modules`() {
    let aws = "import boto3\nmake = boto3.client"
    #expect(services("import aws\naws.make('s3')", ["aws.py": aws]) == ["s3"])
    let open = trace("import aws\naws.make(os.environ['S'])\nX = 's3'", ["aws.py": aws])
    #expect(services(open) == Self.all)
    #expect(open.graph.blindSpots.map(\.expression) == ["aws.make(os.environ['S'])"])
  }

  @Test(arguments: [
    "import conf\nconf.S = os.environ['S']", "import conf as c\ndef f(): c.S = os.environ['S']",
  ])
  func `a constant that another module assigns to is open there`(_ setter: String) {
    let source = ["conf.py": "S = 's3'", "setup.py": "import os\n" + setter]
    let app = "import conf, setup\nboto3.client(conf.S)"
    let traced = trace(app, source)
    #expect(services(traced) == Self.all)
    #expect(
      traced.graph.blindSpots.map(\.expression).allSatisfy { $0.hasSuffix("os.environ['S']") })
    let other = source.merging(["setup.py": "self.S = x\nclass A:\n  S = x"]) { $1 }
    #expect(services(app, other) == ["s3"])
    let named = source.merging(["setup.py": "import conf\nconf.S = 'sqs'"]) { $1 }
    #expect(services(app, named) == ["s3", "sqs"])
  }

  @Test func `a constant that a function assigns to as its module's is open there`() {
    let conf = "import os\nS = 's3'\ndef load():\n  global S\n  S = os.environ['S']"
    #expect(services("import conf\nboto3.client(conf.S)", ["conf.py": conf]) == Self.all)
  }

  @Test func `a constant that only the run knows is open where it is assigned`() {
    let traced = trace(
      "from conf import SERVICE\nboto3.client(SERVICE)",
      ["conf.py": "import os\nSERVICE = os.environ.get('SERVICE', 's3')"])
    #expect(services(traced) == Self.all)
    #expect(
      traced.graph.blindSpots.map(\.expression) == ["SERVICE = os.environ.get('SERVICE', 's3')"])
    let elsewhere = trace("from settings import S\nX = 's3'\nboto3.client(S)", [:])
    #expect(services(elsewhere) == Self.all)
  }

  @Test func `who does not reach the open call keeps what it names`() {
    var project = PythonProject(source: [
      "app.py": "import boto3\nboto3.client('s3')", "other.py": "import boto3\nboto3.client(x)",
    ])
    project.handlers = ["f": "app", "g": "other"]
    project.install("boto3", ["boto3/__init__.py": "import botocore"])
    project.install(
      "botocore",
      [
        "botocore/__init__.py": "", "botocore/data/s3/2006/service.json": "",
        "botocore/data/ec2/2006/service.json": "",
      ])
    let traced = project.trace()
    #expect(!traced.files("f").contains("botocore/data/ec2/2006/service.json"))
    #expect(traced.files("g").contains("botocore/data/ec2/2006/service.json"))
  }

  @Test func `several functions that name no service folder all keep every one`() {
    let client = "import boto3, os\nboto3.client(os.environ['S'])"
    var project = PythonProject(source: ["a.py": client, "b.py": client, "c.py": client])
    project.handlers = ["f": "a", "g": "b", "h": "c"]
    project.install("boto3", ["boto3/__init__.py": "import botocore"])
    project.install(
      "botocore",
      ["botocore/__init__.py": "", "botocore/data/s3/2006/service.json": ""])
    let traced = project.trace()
    for function in ["f", "g", "h"] {
      #expect(traced.files(function).contains("botocore/data/s3/2006/service.json"))
    }
    #expect(traced.graph.blindSpots.count == 3)
  }

  @Test func `rules choose service folders by the strings that code names`() {
    var project = PythonProject(source: [
      "app.py": "import boto3\nboto3.client('s3')",
      "other.py": "import boto3, os\nboto3.client(os.environ['S'])",
    ])
    project.handlers = ["f": "app", "g": "other"]
    project.install("boto3", ["boto3/__init__.py": "import botocore\nX = 'ec2'"])
    project.install(
      "botocore",
      [
        "botocore/__init__.py": "", "botocore/data/endpoints.json": "",
        "botocore/data/s3/2006/service.json": "", "botocore/data/ec2/2006/service.json": "",
        "botocore/data/sts/2006/service.json": "",
      ])
    let traced = project.trace()
    let isData = { (path: String) in path.hasPrefix("botocore/data") }
    #expect(
      traced.files("f").filter(isData) == [
        "botocore/data/endpoints.json", "botocore/data/s3/2006/service.json",
        "botocore/data/sts/2006/service.json",
      ])
    #expect(traced.files("g").filter(isData).count == 4)
    #expect(traced.graph.blindSpots.map(\.place.line) == [2])
    #expect(traced.graph.blindSpots.map(\.keeps) == [true])
  }

  @Test(arguments: [
    ("build('drive', 'v3')", ["drive.v2.json", "drive.v3.json", "index.json"]),
    ("build(serviceName='sheets', version=x)", ["index.json", "sheets.v4.json"]),
    ("build(x, 'v3')", ["drive.v2.json", "drive.v3.json", "index.json", "sheets.v4.json"]),
  ])
  func `files are chosen by their names up to the first dot`(_ app: String, _ kept: [String]) {
    var project = PythonProject(source: [
      "app.py": "from googleapiclient.discovery import build\n" + app
    ])
    let documents = "googleapiclient/discovery_cache/documents"
    project.install(
      "google-api-python-client",
      [
        "googleapiclient/__init__.py": "", "googleapiclient/discovery_cache/__init__.py": "",
        "googleapiclient/discovery.py": "from . import discovery_cache\ndef build(s, v): read(s)",
        "\(documents)/index.json": "", "\(documents)/sheets.v4.json": "",
        "\(documents)/drive.v2.json": "", "\(documents)/drive.v3.json": "",
      ])
    let traced = project.trace()
    let files = traced.files().filter { $0.hasPrefix(documents) }
    #expect(files == kept.map { "\(documents)/\($0)" })
    #expect(traced.graph.blindSpots.count == (kept.count == 4 ? 1 : 0))
  }

  @Test(arguments: [
    ("boto3.client('sqs')", ["s3", "sqs"]),
    ("boto3.client('s' + 'qs')", ["s3", "sqs"]),
    ("boto3.client(os.environ['S'])", ["s3"]),
    ("boto3.client('sqs')\nboto3.client(os.environ['S'])", ["s3", "sqs"]),
    ("def make(s): return boto3.client(s)\nmake('sqs')\nmake(x)", ["s3", "sqs"]),
    ("", ["s3"]),
  ])
  func `the setting adds to what code names, and settles what the run knows`(
    _ app: String, _ kept: [String]
  ) {
    let traced = trace(app, services: ["s3"])
    #expect(services(traced) == kept)
    #expect(traced.graph.blindSpots.isEmpty)
    #expect(traced.codes.isEmpty)
  }

  @Test func `a service that does not exist takes nothing away`() {
    let literal = trace("boto3.client('sqs')", services: ["ss3"])
    #expect(services(literal) == ["sqs"])
    #expect(literal.codes == ["unmatched-setting"])
    #expect(literal.graph.diagnostics.first?.notes == [.hint("did you mean 's3'?")])

    let open = trace("boto3.client(os.environ['S'])", services: ["sqs", "ss3"])
    #expect(services(open) == Self.all)
    #expect(open.graph.blindSpots.map(\.place.line) == [2])
  }
}
