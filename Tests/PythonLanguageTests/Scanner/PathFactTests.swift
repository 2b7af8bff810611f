import Model
import PythonLanguage
import Testing

/// What a file says about paths.
struct PathFactTests {
  @Test(arguments: [
    ("Path(__file__).parent / 'share' / 'jupyter'", ["share/jupyter"]),
    ("os.path.join(here, 'share', 'jupyter')", ["share/jupyter"]),
    ("os.path.join(os.path.dirname(__file__), 'pages')", ["pages"]),
    ("os.path.join(here, '..', 'share', name)", ["../share"]),
    ("os.path.join(here, name, 'a', 'b')", ["a/b"]),
    ("here.with_name('jobs.py')", ["jobs.py"]),
    ("here.joinpath('a', 'b.json')", ["a/b.json"]),
    ("Path('templates')", ["templates"]),
    ("Path(sys.prefix, 'share', 'jupyter')", ["share/jupyter"]),
    ("x = 'pages'\nopen(root / 'pages')", ["pages"]),
    ("', '.join('ab')", []), ("f('a', 'b')", []), ("[x, 'a', 'b']", []), ("x = {'a': 'b'}", []),
  ])
  func `the constant end of a path is told as one`(_ source: String, _ expected: [String]) {
    let facts = scan(source)
    let paths = facts.requests.filter { $0.form == .path }.map { facts.string($0.name) }
    #expect(paths == expected)
  }

  @Test(arguments: [
    ("spec = importlib.util.spec_from_file_location(n, p)", Marks.loadsFiles),
    ("SourceFileLoader('x', p).load_module()", .loadsFiles), ("runpy.run_path(p)", .loadsFiles),
    ("exec(open(p).read())", .runsFiles), ("subprocess.run([sys.executable, p])", .runsFiles),
    ("sys.path.insert(0, p)", .runsFiles), ("print(sys.path)", Marks()), ("re.compile(p)", Marks()),
  ])
  func `who runs files by their path is marked`(_ source: String, _ mark: Marks) {
    #expect(scan(source).marks.intersection([.loadsFiles, .runsFiles]) == mark)
  }
}
