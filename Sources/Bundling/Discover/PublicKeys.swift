import Files
import Model

// A file that is named like a key and holds none: what anybody may know is no secret, and is data like any
// other.
//
//     ssl.create_default_context(cafile=Path(__file__).with_name("partner.pem"))

extension FoundRoot {
  /// Positions in `paths` of the team's own files that are named like keys (`*.pem`, `*.key`) and hold
  /// nothing but certificates and public keys.
  var publicKeys: [Int] {
    guard key.kind == .source || key.kind == .project else { return [] }
    return paths.indices.filter { index in
      let name = paths[index].name.lowercased()
      guard name.hasSuffix(".pem") || name.hasSuffix(".key"),
        let bytes = try? FileSystem.read("\(key.location)/\(paths[index])")
      else { return false }
      return isPublic(encapsulated: bytes)
    }
  }
}

/// Whether all that a file of text encodings (RFC 7468) holds is public. A private key may stand behind the
/// certificate that belongs to it, so each label counts, and what is none of these is not known to be
/// public.
func isPublic(encapsulated bytes: [UInt8]) -> Bool {
  let labels = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).filter {
    $0.starts(with: "-----BEGIN ".utf8)
  }.map { row in
    String(decoding: row.dropFirst("-----BEGIN ".utf8.count), as: UTF8.self)
      .prefix { $0 != "-" }
  }
  return !labels.isEmpty && labels.allSatisfy { publicLabels.contains(String($0)) }
    && bytes.firstRange(of: Array("PRIVATE KEY".utf8)) == nil
}

/// RFC 7468, sections 5 to 8 and 13; `RSA PUBLIC KEY` and `TRUSTED CERTIFICATE` as OpenSSL writes them
/// (openssl-rsa(1), openssl-x509(1)).
private let publicLabels: Set<String> = [
  "CERTIFICATE", "X509 CRL", "CERTIFICATE REQUEST", "PKCS7", "CMS", "PUBLIC KEY", "RSA PUBLIC KEY",
  "TRUSTED CERTIFICATE",
]
