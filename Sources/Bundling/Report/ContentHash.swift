import Zip

/// A content's SHA-256 as a Content-Security-Policy names it: `sha256-…` in base64 (CSP level 3,
/// "hash-source").
package func contentHash(of bytes: [UInt8]) -> String {
  "sha256-" + SHA256.digest(of: bytes).base64
}
