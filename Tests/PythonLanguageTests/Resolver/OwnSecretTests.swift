import Model
import PythonLanguage
import Testing

/// What lies beside the team's own code and is no data of it.
@Suite struct OwnSecretTests {
  @Test(arguments: [
    "prod.env", "_netrc", "id_rsa", "id_ed25519", "server.pem", "server.KEY", "a.p12", "a.pfx",
    "a.jks", "credentials", "credentials.json", "credentials-old.csv", "secrets.yaml",
    "service-account.json", "service_account-2.json", "x.tfstate", "x.tfstate.backup",
    "kubeconfig", "data.json~", "data.json.swp", "#data.json#", ".env", ".env.local", ".netrc",
  ])
  func `a file that is named like a secret is no data, and that is said once`(_ name: String) {
    let traced = PythonProject(source: [
      "app.py": "import shop.a, shop.b", "shop/__init__.py": "", "shop/a.py": "", "shop/b.py": "",
      "shop/\(name)": "x", "shop/data.json": "{}",
    ]).trace()
    #expect(traced.files().contains("shop/data.json"))
    #expect(!traced.files().contains("shop/\(name)"))
    #expect(traced.graph.diagnostics.map(\.code) == ["secret-left-out"])
    #expect(traced.graph.diagnostics.map(\.location?.path) == ["shop/\(name)"])
  }

  @Test(arguments: [
    "data.json", "environment.txt", "keys.json", "pem.txt", "credential.py.txt", "monkey",
    "tfstate.md",
  ])
  func `other names are those of data`(_ name: String) {
    let traced = PythonProject(source: [
      "app.py": "import shop", "shop/__init__.py": "", "shop/\(name)": "x",
    ]).trace()
    #expect(traced.files().contains("shop/\(name)"))
    #expect(traced.graph.diagnostics.isEmpty)
  }

  @Test func `modules of such names are code`() {
    let traced = PythonProject(source: [
      "app.py": "import shop.secrets, credentials", "shop/__init__.py": "", "shop/secrets.py": "",
      "credentials.py": "",
    ]).trace()
    #expect(traced.modules() == ["app", "credentials", "shop", "shop.secrets"])
    #expect(traced.graph.diagnostics.isEmpty)
  }

  @Test func `a secret is named where its folder stands in another string`() {
    let traced = PythonProject(source: [
      "app.py": "conf = Path(__file__).parent / 'conf'\nopen(conf / 'shop.env')",
      "conf/shop.env": "x", "conf/other.env": "x", "conf/a.toml": "x",
    ]).trace()
    #expect(traced.files().sorted() == ["app.py", "conf/a.toml", "conf/shop.env"])
    #expect(traced.graph.diagnostics.map(\.code).sorted() == ["secret-left-out", "secret-shipped"])
  }

  @Test(arguments: ["shop/app.py", "app.py"])
  func `what code names in full is shipped, with a warning that says who names it`(_ app: String) {
    let folder = app.dropLast(6)
    var project = PythonProject(source: [
      app: "\nopen(Path(__file__).with_name('public.pem'))", "\(folder)public.pem": "x",
      "\(folder)private.pem": "x",
    ])
    if !folder.isEmpty { project.source["shop/__init__.py"] = "" }
    project.handlers = ["f": folder.isEmpty ? "app" : "shop.app"]
    let traced = project.trace()
    #expect(traced.files().contains("\(folder)public.pem"))
    #expect(!traced.files().contains("\(folder)private.pem"))
    let shipped = traced.graph.diagnostics.filter { $0.code == "secret-shipped" }
    #expect(shipped.map(\.location?.path) == [app])
    #expect(shipped.map(\.location?.line) == [2])
    #expect(shipped.allSatisfy { $0.message.contains("'\(folder)public.pem'") })
  }

  @Test func `dotenv goes on without its file, which stays here even where it is named`() {
    let traced = PythonProject(source: [
      "app.py": "load_dotenv(Path(__file__).with_name('.env'))", ".env": "A=1",
    ]).trace()
    #expect(traced.files() == ["app.py"])
    #expect(traced.graph.diagnostics.map(\.code) == ["secret-file"])
  }

  @Test func `a pattern names no secret`() {
    let traced = PythonProject(source: [
      "app.py": "glob(here + '/certs/*')", "certs/a.key": "x", "certs/a.txt": "x",
    ]).trace()
    #expect(traced.files() == ["app.py", "certs/a.txt"])
    #expect(traced.graph.diagnostics.map(\.code) == ["secret-left-out"])
  }

  @Test func `what a distribution brings is its own matter`() {
    var project = PythonProject(source: ["app.py": "import certs"])
    project.install("certs", ["certs/__init__.py": "", "certs/cacert.pem": "x"])
    let traced = project.trace()
    #expect(traced.files().contains("certs/cacert.pem"))
    #expect(traced.graph.diagnostics.isEmpty)
  }

  // MARK: What is nobody's data

  @Test func `an __init__ at a root's top makes no package of what lies there`() {
    let traced = PythonProject(source: [
      "__init__.py": "", "app.py": "open(here / 'rates.json')", "rates.json": "{}",
      "README.md": "", "other.json": "{}", "stock-sync/sync.py": "import lib", "lib.py": "",
    ]).trace()
    #expect(traced.files() == ["app.py", "rates.json"])
  }

  @Test func `what a project has at its top for people and tools comes by its name alone`() {
    let top = [
      "README.md": "", "LICENSE": "", "pyproject.toml": "", "uv.lock": "", "requirements.txt": "",
      "rates.toml": "",
    ]
    var project = PythonProject(source: top)
    project.source["app.py"] = "glob(here + '/*.toml'), glob(here + '/*.md')"
    #expect(project.trace().files() == ["app.py", "rates.toml"])
    project.source["app.py"] = "open(here / 'pyproject.toml')"
    #expect(project.trace().files() == ["app.py", "pyproject.toml"])
  }

  @Test func `a function's folder below a package is no data of that package`() {
    var project = PythonProject(source: [
      "app.py": "import functions.common", "functions/__init__.py": "",
      "functions/common.py": "", "functions/common.json": "{}",
      "functions/stock-sync/sync.py": "import lib", "functions/stock-sync/rates.json": "{}",
      "functions/texts-de/a.txt": "", "functions/g/main.py": "", "functions/g/g.json": "{}",
      "lib.py": "",
    ])
    project.overlays = ["g": ["main.py": "", "g.json": "{}"]]
    #expect(
      project.trace().files() == [
        "app.py", "functions/__init__.py", "functions/common.json", "functions/common.py",
        "functions/texts-de/a.txt",
      ])
    project.source["functions/common.py"] = "open('stock-sync/rates.json')"
    #expect(project.trace().files().contains("functions/stock-sync/rates.json"))
    #expect(!project.trace().files().contains("functions/stock-sync/sync.py"))
  }
}
