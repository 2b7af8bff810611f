/// An archive that is deployed already, as a manifest of an earlier run says it.
package struct DeployedArchive: Hashable, Sendable {
  /// Hexadecimal.
  package let contentDigest: String
  /// Base64 of the file's SHA-256.
  package let codeSHA256: String

  package init(contentDigest: String, codeSHA256: String) {
    self.contentDigest = contentDigest
    self.codeSHA256 = codeSHA256
  }
}
