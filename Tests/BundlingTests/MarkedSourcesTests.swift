import Model
import TestKit
import Testing

@testable import Bundling

private func marked(_ files: [String: String]) throws -> [String] {
  let folder = try Folder(files)
  return MarkedSources.run(in: try ProjectTree(folder.path, jobs: 1), jobs: 1).functions.map {
    let below = $0.folder.dropFirst(folder.path.utf8.count)
    return "\($0.name) \($0.handler.value) \($0.layer.provider?.value.rawValue ?? "") \(below) "
      + "\($0.origin.line)"
  }
}

@Suite struct `A function that its source marks` {
  @Test func `is Google's where the framework decorates it`() throws {
    let source = """
      import functions_framework

      @functions_framework.http
      def hello(request):
          return "hi"

      @functions_framework.cloud_event
      # Of a bucket.
      @traced(1)
      async def stored(event): pass

      @functions_framework.typed(
          Order
      )
      def ordered(order): pass

      @other
      def none(x): pass

      def inner():
          @functions_framework.http
          def local(request): pass
      """
    #expect(
      try marked(["api/main.py": source, "api/other.py": source]) == [
        "hello main.hello google-cloud-functions /api 3",
        "stored main.stored google-cloud-functions /api 7",
        "ordered main.ordered google-cloud-functions /api 12",
      ])
  }

  @Test func `is an application of Azure's where host json lies beside it`() throws {
    let source = "import azure.functions as func\n\napp: func.FunctionApp = func.FunctionApp()\n"
    #expect(
      try marked([
        "shop/function_app.py": source, "shop/host.json": "{}", "other/function_app.py": source,
        "none/function_app.py": "app = make()\n", "none/host.json": "{}",
      ]) == ["shop function_app.app azure-functions /shop 3"])
  }
}
