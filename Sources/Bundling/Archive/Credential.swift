/// What looks like a credential in a content: which kind, and where. Never the credential itself.
package struct Credential: Hashable, Sendable {
  package enum Kind: UInt8, CaseIterable, Sendable {
    case awsKey = 1
    case githubToken, slackToken, googleKey, stripeKey, privateKey

    /// As a message names it.
    var name: String {
      switch self {
      case .awsKey: "an AWS access key"
      case .githubToken: "a GitHub token"
      case .slackToken: "a Slack token"
      case .googleKey: "a Google API key"
      case .stripeKey: "a Stripe live key"
      case .privateKey: "a private key"
      }
    }
  }

  package let kind: Kind
  /// Both from 1 on; the column in bytes.
  package let line: UInt32
  package let column: UInt32

  init(kind: Kind, line: UInt32, column: UInt32) {
    self.kind = kind
    self.line = line
    self.column = column
  }

  /// The first one; nil where there is none.
  package init?(in content: Span<UInt8>) {
    for position in content.indices {
      // Few bytes begin one, so that this takes little beside compressing.
      let kind: Kind? =
        switch content[position] {
        case UInt8(ascii: "A"): content.key(at: position)
        case UInt8(ascii: "g"): content.githubToken(at: position)
        case UInt8(ascii: "x"): content.slackToken(at: position)
        case UInt8(ascii: "s"): content.stripeKey(at: position)
        case UInt8(ascii: "-"): content.privateKey(at: position)
        default: nil
        }
      guard let kind else { continue }
      var line: UInt32 = 1
      var start = 0
      for index in 0..<position where content[index] == UInt8(ascii: "\n") {
        line += 1
        start = index + 1
      }
      self.init(kind: kind, line: line, column: UInt32(clamping: position - start + 1))
      return
    }
    return nil
  }
}

extension Span<UInt8> {
  /// `AKIA…` (docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html, "Unique
  /// identifiers"), `AIza…` (cloud.google.com/docs/authentication/api-keys)
  fileprivate func key(at position: Int) -> Credential.Kind? {
    if has("AKIA", at: position), stands(at: position) {
      let length = run(from: position + 4) { $0.isDigit || $0.isUpper }
      let end = position + 4 + length
      return length == 16 && !(end < count && self[end].isWord) ? .awsKey : nil
    }
    guard has("AIza", at: position), stands(at: position) else { return nil }
    return run(from: position + 4, while: \.isWordOrHyphen) >= 35 ? .googleKey : nil
  }

  /// `ghp_…` (github.blog/2021-04-05-behind-githubs-new-authentication-token-formats)
  fileprivate func githubToken(at position: Int) -> Credential.Kind? {
    guard has("gh", at: position), position + 4 < count,
      "pousr".utf8.contains(self[position + 2]), has("_", at: position + 3), stands(at: position)
    else { return nil }
    return run(from: position + 4, while: \.isWord) >= 36 ? .githubToken : nil
  }

  /// `xoxb-…` (api.slack.com/concepts/token-types)
  fileprivate func slackToken(at position: Int) -> Credential.Kind? {
    guard has("xox", at: position), position + 5 < count,
      "baprs".utf8.contains(self[position + 3]), has("-", at: position + 4), stands(at: position)
    else { return nil }
    return run(from: position + 5, while: \.isWordOrHyphen) >= 10 ? .slackToken : nil
  }

  /// `sk_live_…` (docs.stripe.com/keys)
  fileprivate func stripeKey(at position: Int) -> Credential.Kind? {
    guard has("sk_live_", at: position), stands(at: position) else { return nil }
    return run(from: position + 8, while: \.isWord) >= 16 ? .stripeKey : nil
  }

  /// RFC 7468, and OpenSSH's. The key itself has to follow: code that looks for the line has it too.
  ///
  ///     if not text.startswith("-----BEGIN PRIVATE KEY-----"):
  fileprivate func privateKey(at position: Int) -> Credential.Kind? {
    guard has("-----BEGIN ", at: position) else { return nil }
    var end = position + 11
    end += run(from: end) { $0.isUpper || $0.isDigit || $0 == UInt8(ascii: " ") }
    guard has("-----", at: end), "PRIVATE KEY".utf8.elementsEqual(suffix(11, before: end)) else {
      return nil
    }
    end += 5
    // A line's end, or how a string writes one.
    end += run(from: end) { " \t\r\n\\\"'".utf8.contains($0) }
    if has("n", at: end), end > 0, self[end - 1] == UInt8(ascii: "\\") { end += 1 }
    end += run(from: end) { " \t\r\n\"'".utf8.contains($0) }
    if has("Proc-Type:", at: end) { return .privateKey }
    let length = run(from: end) { $0.isWord || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
    return length >= 16 ? .privateKey : nil
  }

  private func has(_ text: String, at position: Int) -> Bool {
    guard position + text.utf8.count <= count else { return false }
    var index = position
    for byte in text.utf8 {
      if self[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// Whether no longer word has it in the middle.
  private func stands(at position: Int) -> Bool { position == 0 || !self[position - 1].isWord }

  private func run(from start: Int, while condition: (UInt8) -> Bool) -> Int {
    var end = start
    while end < count, condition(self[end]) { end += 1 }
    return end - start
  }

  private func suffix(_ length: Int, before end: Int) -> [UInt8] {
    end < length ? [] : (end - length..<end).map { self[$0] }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  fileprivate var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  fileprivate var isWord: Bool {
    isDigit || isUpper || self >= 0x61 && self <= 0x7A || self == UInt8(ascii: "_")
  }
  fileprivate var isWordOrHyphen: Bool { isWord || self == UInt8(ascii: "-") }
}
