import Model
import Reporting
import Testing

private let functions = [
  ListedFunction(
    name: "orders", handler: "functions/orders/api.py:handler", provider: .awsLambda,
    runtime: Runtime(language: "python", major: 3, minor: 12),
    architecture: .arm64, code: nil,
    origin: SourceLocation(path: "pare.toml", line: 7, column: 1)),
  ListedFunction(
    name: "a", handler: "jobs.a.run", provider: .generic,
    runtime: Runtime(language: "python", major: 3, minor: 9),
    architecture: .x86_64, code: "jobs",
    origin: SourceLocation(path: "pare.toml", line: 9, column: 1)),
]

@Test func `functions are listed with where they are declared`() {
  #expect(
    functionListText(functions) == """
      function  handler                          provider    runtime     declared in
      orders    functions/orders/api.py:handler  aws-lambda  python3.12  pare.toml:7
      a         jobs.a.run                       generic     python3.9   pare.toml:9

      """)
}

@Test func `the list is an array for programs`() {
  let collected = Collected()
  writeJSON(Array(functions.prefix(1))) { collected.add($0) }
  #expect(
    collected.text == """
      [
        {
          "name": "orders",
          "handler": "functions/orders/api.py:handler",
          "provider": "aws-lambda",
          "runtime": "python3.12",
          "architecture": "arm64",
          "code": null,
          "origin": {
            "file": "pare.toml",
            "line": 7
          }
        }
      ]

      """)
}
