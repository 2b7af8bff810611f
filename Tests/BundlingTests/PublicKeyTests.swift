import Model
import PythonLanguage
import TestKit
import Testing

@testable import Bundling

/// What is named like a key and holds public ones only is no secret.
@Suite struct PublicKeyTests {
  private static func pem(_ labels: String...) -> String {
    labels.map { "-----BEGIN \($0)-----\nAAAA\n-----END \($0)-----\n" }.joined()
  }

  @Test(arguments: [
    (pem("CERTIFICATE"), true), (pem("PUBLIC KEY"), true), (pem("RSA PUBLIC KEY"), true),
    ("# Partner\n" + pem("CERTIFICATE", "CERTIFICATE"), true),
    (pem("CERTIFICATE").replacing("\n", with: "\r\n"), true),
    (pem("PRIVATE KEY"), false), (pem("CERTIFICATE", "PRIVATE KEY"), false),
    (pem("CERTIFICATE", "RSA PRIVATE KEY"), false), (pem("NEWS"), false), ("AAAA\n", false),
    ("", false),
  ])
  func `all of its labels count`(text: String, isPublic: Bool) {
    #expect(Bundling.isPublic(encapsulated: Array(text.utf8)) == isPublic)
  }

  @Test func `it is data of its package, and taken by patterns`() throws {
    let folder = try Folder([
      "pare.toml": "[functions.f]\nhandler = \"shop.app.handler\"\ninclude = [\"keys/**\"]\n",
      "shop/__init__.py": "", "shop/app.py": "def handler(event, context): pass\n",
      "shop/partner.pem": Self.pem("CERTIFICATE"), "shop/own.pem": Self.pem("PRIVATE KEY"),
      "keys/public.pem": Self.pem("PUBLIC KEY"), "keys/own.pem": Self.pem("PRIVATE KEY"),
    ])
    let found = try discover(Options(project: folder.path), languages: [PythonLanguage()])
    let workspace = found.workspace
    func paths(_ files: some Sequence<FileID>) -> [String] {
      files.map { workspace.files[$0].path.string }.sorted()
    }
    #expect(paths(workspace.functions[FunctionID(0)].included) == ["keys/public.pem"])
    let traced = try trace(
      workspace, functions: found.asked, languages: [PythonLanguage()], store: Store(workspace),
      jobs: 1)
    #expect(
      paths(traced.graphs[0].files) == ["shop/__init__.py", "shop/app.py", "shop/partner.pem"])
    #expect(
      (found.workspace.diagnostics + traced.diagnostics).filter { $0.code.hasPrefix("secret") }
        .compactMap(\.location?.path).sorted() == ["keys/own.pem", "shop/own.pem"])
  }
}
