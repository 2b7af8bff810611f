import CSHA256
import Testing
import Zip

struct SHA256Tests {
  /// FIPS 180-4's examples (NIST's "SHA-256 example values") and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]) func `the standard's messages have the standard's digests`(message: String, hex: String) {
    #expect(SHA256.digest(of: Array(message.utf8)).hex == hex)
  }

  @Test func `a million times the letter a`() {
    var hash = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    for _ in 0..<1000 { hash.update(piece) }
    #expect(
      hash.digest().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func `pieces of any length give the digest of the whole`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 3) }
    let whole = SHA256.digest(of: bytes)
    for step in [1, 3, 63, 64, 65, 127, 128, 999] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: step) {
        hash.update(Array(bytes[start..<min(bytes.count, start + step)]))
      }
      #expect(hash.digest() == whole, "in pieces of \(step)")
    }
  }

  @Test func `the processor's instructions and plain C agree`() {
    var fast = [UInt32](repeating: 0x1234_5678, count: 8)
    var plain = fast
    let bytes = (0..<64 * 33).map { UInt8(truncatingIfNeeded: $0 &* 131) }
    unsafe pare_sha256_blocks(&fast, bytes, 33)
    unsafe pare_sha256_blocks_portable(&plain, bytes, 33)
    #expect(fast == plain)
  }
}

struct EncodingTests {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]) func `base64 is the RFC's`(text: String, encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
  }

  @Test func `base64 for records has no padding and no slashes`() {
    #expect(Base64.encodeForURL([0xfb, 0xff, 0xfe, 0xff]) == "-__-_w")
  }

  @Test func `hexadecimal is lower case`() {
    #expect(Hex.encode([0, 0x0f, 0xab, 0xff]) == "000fabff")
  }

  @Test func `crc-32 of the check string is the standard's check value`() {
    #expect(crc32(Array("123456789".utf8)) == 0xcbf4_3926)
  }
}
