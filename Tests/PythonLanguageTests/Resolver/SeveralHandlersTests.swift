import Model
import PythonLanguage
import Testing

/// Functions whose archive serves several handlers.
@Suite struct SeveralHandlersTests {
  @Test func `what any of them reaches is reached, by a chain that begins at its module`() throws {
    var project = PythonProject(source: [
      "app.py": "import one", "jobs.py": "import two", "one.py": "", "two.py": "", "three.py": "",
    ])
    project.furtherHandlers = ["f": ["jobs"]]
    let traced = project.trace()
    #expect(traced.modules() == ["app", "jobs", "one", "two"])
    #expect(traced.edges(from: "f") == ["handler app", "handler jobs"])
    let edges = traced.graph.edges.filter { $0.kind == .handler }
    #expect(edges.map(\.isEager) == [true, true])
    #expect(
      edges.map { $0.note.map { traced.graph.notes[Int($0)] } } == ["app.handler", "jobs.handler"])
  }

  @Test func `two of one module are one beginning`() {
    var project = PythonProject(source: ["app.py": "import one", "one.py": ""])
    project.furtherHandlers = ["f": ["app"]]
    let traced = project.trace()
    #expect(traced.modules() == ["app", "one"])
    #expect(traced.edges(from: "f").isEmpty)
  }

  @Test func `each is asked for the name that the provider calls`() {
    var project = PythonProject(source: [
      "app.py": "handler = 1",
      "jobs/__init__.py": """
      def __getattr__(name):
          if name == "handler":
              from .work import handler
              return handler
          if name == "other":
              from .idle import other
              return other
          raise AttributeError(name)
      """, "jobs/work.py": "", "jobs/idle.py": "",
    ])
    project.furtherHandlers = ["f": ["jobs"]]
    #expect(project.trace().modules() == ["app", "jobs", "jobs.work"])
  }

  @Test func `one that is not there is told by its own name`() {
    var project = PythonProject(source: ["app.py": "", "jobs.py": ""])
    project.furtherHandlers = ["f": ["jobz"]]
    let traced = project.trace()
    #expect(traced.codes == ["missing-handler"])
    #expect(traced.graph.diagnostics.first?.message.contains("'jobz'") == true)
  }
}
