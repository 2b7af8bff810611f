import Model
import PythonLanguage
import Testing

/// What a distribution installs beside its packages.
@Suite struct UnpackagedDataTests {
  private func project(_ app: String, _ library: String = "") -> PythonProject {
    var project = PythonProject(source: ["app.py": app])
    project.install(
      "nb",
      [
        "nb/__init__.py": library, "share/jupyter/nb/templates/a.j2": "",
        "share/jupyter/nb/other/b.j2": "", "bin/nb": "",
      ])
    project.install("idle", ["idle/__init__.py": "", "share/jupyter/idle/c.j2": ""])
    return project
  }

  private func shared(_ project: PythonProject) -> [String] {
    project.trace().files().filter { $0.hasPrefix("share") || $0.hasPrefix("bin") }
  }

  @Test func `nothing leads to it by itself`() {
    #expect(shared(project("import nb")) == [])
  }

  @Test(arguments: [
    "here / 'share' / 'jupyter'", "os.path.join(here, '..', 'share')",
    "load(f'{root}/share/jupyter')",
  ])
  func `a path from the team's own code ends in files of what is used`(_ path: String) {
    #expect(
      shared(project("import nb\n" + path)) == [
        "share/jupyter/nb/other/b.j2", "share/jupyter/nb/templates/a.j2",
      ])
  }

  @Test func `two parts of a path in its own code are enough`() {
    #expect(
      shared(project("import nb", "os.path.join(root, 'nb', 'templates')"))
        == ["share/jupyter/nb/templates/a.j2"])
    #expect(shared(project("import nb", "os.path.join(root, 'templates')")) == [])
    #expect(shared(project("import nb", "Path(sys.prefix, 'share', 'jupyter')")) == [])
  }

  @Test func `settings and pruning reach it`() {
    var one = project("import nb")
    var setting = Settings.DistributionRule(origin: SourceLocation(path: "pare.toml", line: 9))
    setting.data = ["share/**/a.j2"]
    one.settings = ["nb": setting]
    #expect(shared(one) == ["share/jupyter/nb/templates/a.j2"])
    var whole = project("import nb")
    whole.prune = .distributions
    let own = ["share/jupyter/nb/other/b.j2", "share/jupyter/nb/templates/a.j2"]
    #expect(shared(whole) == own)
    whole.prune = .off
    #expect(shared(whole) == ["share/jupyter/idle/c.j2"] + own)
  }

  @Test(
    arguments: [
      ("nb-1.data/data/share/jupyter/x", "share/jupyter/x"), ("nb-1.data/data/lib/x.py", nil),
    ] as [(String, String?)])
  func `a wheel's data lies beside the packages`(_ member: String, _ installed: String?) {
    #expect(PythonLanguage().installedPath(ofMember: RelativePath(member))?.string == installed)
  }

  @Test(
    arguments: [
      ("nb/x.py", "nb/x.py"), ("../../share/x", "share/x"), ("../../../share/x", nil),
      ("../x", nil), ("../../../../etc/x", nil), ("/etc/x", nil), ("../../", nil),
    ] as [(String, String?)])
  func `what pip installed into a target is recorded two levels up`(
    _ recorded: String, _ installed: String?
  ) {
    #expect(PythonLanguage().installedPath(ofRecorded: recorded)?.string == installed)
  }
}
