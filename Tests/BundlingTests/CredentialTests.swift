import Model
import Testing

@testable import Bundling

/// None of these is a real one; they are put together here, so that no scanner takes them for one.
struct CredentialTests {
  private func found(_ text: String) -> Credential? { Credential(in: Array(text.utf8).span) }

  private static let body = String(repeating: "Ab1", count: 14)

  @Test(arguments: [
    ("AKIA" + "ABCDEFGHIJKLMNOP", Credential.Kind.awsKey), ("ghp" + "_" + body, .githubToken),
    ("ghs" + "_" + body, .githubToken), ("xoxb" + "-123456789012-" + body, .slackToken),
    ("AIza" + body, .googleKey), ("sk" + "_live_" + body, .stripeKey),
    ("-----BEGIN " + "RSA PRIVATE KEY-----\n" + body, .privateKey),
    ("-----BEGIN " + "PRIVATE KEY-----\\n" + body, .privateKey),
    ("-----BEGIN " + "OPENSSH PRIVATE KEY-----\r\n" + body, .privateKey),
    ("-----BEGIN " + "RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED", .privateKey),
  ])
  func `a credential is found where it stands`(text: String, kind: Credential.Kind) {
    #expect(found(text) == Credential(kind: kind, line: 1, column: 1))
    #expect(found("a\n\nk = \"\(text)\"\n") == Credential(kind: kind, line: 3, column: 6))
  }

  @Test(arguments: [
    "", "AKIA", "AKIA" + "ABCDEFGHIJKLMNO", "AKIA" + "ABCDEFGHIJKLMNOPQ",
    "XAKIA" + "ABCDEFGHIJKLMNOP", "AKIA" + "abcdefghijklmnop", "ghp" + "_short", "ghx" + "_" + body,
    "xoxb" + "-x", "AIza" + "short", "sk" + "_test_" + body, "task" + "_live_" + body,
    "-----BEGIN " + "PUBLIC KEY-----\n" + body, "-----BEGIN " + "CERTIFICATE-----\n" + body,
    "if text.startswith(\"-----BEGIN " + "PRIVATE KEY-----\"):\n    return True",
  ])
  func `what is none`(text: String) {
    #expect(found(text) == nil)
  }
}
