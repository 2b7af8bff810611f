import Files
import Model
import Text
import YAML

/// The variables of one `serverless.yml`, and what they stand for. What only a deployment knows is
/// unknown, with its reason: options and variables of the environment too, unless they have a default.
///
/// Source: https://www.serverless.com/framework/docs/guides/variables
struct ServerlessScope {
  /// What a node comes to.
  enum Value {
    case node(YAMLNode)
    case unknown(String)

    var node: YAMLNode? {
      if case .node(let node) = self { node } else { nil }
    }

    var unknown: String? {
      if case .unknown(let why) = self { why } else { nil }
    }
  }

  let root: YAMLNode
  /// Absolute path of the service's folder.
  let folder: String
  let tree: ProjectTree
  private(set) var diagnostics: [Diagnostic] = []
  /// By path below the project; nil for what cannot be read.
  private var files: [String: YAMLNode?] = [:]
  /// Addresses that are being resolved.
  private var resolving: [String] = []
  /// What may still be put together, in bytes; each variable counts some.
  private var budget = 1 << 22

  init(_ root: YAMLNode, in folder: String, tree: ProjectTree) {
    self.root = root
    self.folder = folder
    self.tree = tree
  }

  // MARK: Reading

  /// What stands at a path of keys: `["provider", "runtime"]`; nil where nothing does.
  mutating func value(at path: [String], in node: YAMLNode? = nil) -> Value? {
    var current = node ?? root
    for key in path {
      switch resolve(current) {
      case .unknown(let why): return .unknown(why)
      case .node(let node):
        if let position = Int(key), let elements = node.sequence,
          elements.indices.contains(position)
        {
          current = elements[position]
        } else if let next = node[key] {
          current = next
        } else {
          return nil
        }
      }
    }
    let value = resolve(current)
    return value.node?.isNull == true ? nil : value
  }

  /// A node with its variables put in, itself and not what lies below it:
  ///
  ///     ${self:custom.runtime}        # a whole node, which may be a mapping
  ///     functions/${self:service}     # a part of a text
  mutating func resolve(_ node: YAMLNode) -> Value {
    guard let text = node.text, text.utf8.contains(UInt8(ascii: "$")), text.contains("${") else {
      return .node(node)
    }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      guard let close = Self.end(of: rest[open.upperBound...]) else { break }
      let expression = String(rest[open.upperBound..<close])
      let value = evaluate(expression, at: node.location)
      guard case .node(let found) = value else { return value }
      let after = rest.index(after: close)
      if result.isEmpty, open.lowerBound == text.startIndex, after == text.endIndex {
        return .node(YAMLNode(found.content, tag: found.tag, at: found.location))
      }
      guard let part = found.text else { return .unknown("'\(expression)' is no text") }
      budget -= part.utf8.count
      guard budget > 0 else { return .unknown("the text is too long") }
      result += rest[..<open.lowerBound] + part
      rest = rest[after...]
    }
    return .node(YAMLNode(.scalar(result + rest, isPlain: false), at: node.location))
  }

  /// The brace that closes a variable; others may stand in it.
  private static func end(of text: Substring) -> String.Index? {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "{": depth += 1
      case "}" where depth == 0: return index
      case "}": depth -= 1
      default: break
      }
    }
    return nil
  }

  // MARK: Variables

  /// `opt:stage, self:provider.stage, 'dev'`: the first that is known.
  private mutating func evaluate(_ expression: String, at location: SourceLocation) -> Value {
    guard resolving.count < 40 else { return .unknown("variables are nested too deeply") }
    budget -= 256
    guard budget > 0 else { return .unknown("there are too many variables") }
    var why = "'\(expression)' is empty"
    for (position, source) in Self.alternatives(expression).enumerated() {
      guard let value = evaluate(source: source, at: location) else {
        if position == 0 { why = "'\(source)' stands for nothing" }
        continue
      }
      switch value {
      case .node: return value
      case .unknown(let reason): if position == 0 { why = reason }
      }
    }
    return .unknown(why)
  }

  /// At commas outside of quotes, braces and parentheses.
  private static func alternatives(_ expression: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var depth = 0
    var quote: Character?
    for character in expression {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "{" || character == "(" {
        depth += 1
      } else if character == "}" || character == ")" {
        depth -= 1
      } else if character == ",", depth == 0 {
        parts.append(trimmed(current))
        current = ""
        continue
      }
      current.append(character)
    }
    return parts + [trimmed(current)]
  }

  /// Nil where the source has nothing of that name.
  private mutating func evaluate(source: String, at location: SourceLocation) -> Value? {
    if let first = source.first, first == "'" || first == "\"", source.count > 1,
      source.last == first
    {
      return .node(
        YAMLNode(.scalar(String(source.dropFirst().dropLast()), isPlain: false), at: location))
    }
    // A variable in a variable: `self:custom.${opt:stage, 'dev'}.folder`.
    let whole = resolve(YAMLNode(.scalar(source, isPlain: true), at: location))
    guard let address = whole.node?.text else { return whole.unknown.map { .unknown($0) } ?? whole }
    guard !resolving.contains(address) else {
      diagnostics.append(.cyclicVariable(resolving + [address], at: location))
      return .unknown("'\(address)' depends on itself")
    }
    resolving.append(address)
    defer { resolving.removeLast() }
    if address.hasPrefix("self:") {
      let path = address.dropFirst(5).split(separator: ".").map(String.init)
      return value(at: path)
    }
    if address == "sls:stage" {
      return value(at: ["provider", "stage"])
        ?? .node(YAMLNode(.scalar("dev", isPlain: false), at: location))
    }
    if address.hasPrefix("file(") { return file(address, at: location) }
    guard address.contains(":") else {
      // A word or a number that stands for itself.
      return .node(YAMLNode(.scalar(address, isPlain: true), at: location))
    }
    return .unknown("'\(address)' is only known when it is deployed")
  }

  /// `file(./functions.yml):orders.handler`
  private mutating func file(_ address: String, at location: SourceLocation) -> Value? {
    guard let close = address.firstIndex(of: ")") else { return nil }
    let written = trimmed(String(address[..<close].dropFirst(5)))
    let rest = address[address.index(after: close)...]
    guard [".yml", ".yaml", ".json"].contains(where: written.hasSuffix) else {
      return .unknown("'\(written)' is a program, which is not run")
    }
    let full = FileSystem.absolute(written, in: folder)
    guard full.hasPrefix(tree.folder + "/") else {
      return .unknown("'\(written)' lies outside the project")
    }
    let path = String(full.dropFirst(tree.folder.utf8.count + 1))
    guard tree.files.position(of: RelativePath(path)) != nil else {
      return .unknown("there is no file '\(written)'")
    }
    if files[path] == nil { files[path] = .some(read(path)) }
    guard let node = files[path] ?? nil else { return .unknown("'\(written)' cannot be read") }
    return value(at: rest.dropFirst().split(separator: ".").map(String.init), in: node)
  }

  private mutating func read(_ path: String) -> YAMLNode? {
    do throws(MalformedText) {
      guard let bytes = try? FileSystem.read("\(tree.folder)/\(path)") else { return nil }
      if path.hasSuffix(".json") { return YAMLNode(try JSON.read(bytes, path: path)) }
      let document = try YAML.read(bytes, path: path)
      diagnostics += document.diagnostics
      return document.root
    } catch {
      diagnostics.append(error.diagnostic)
      return nil
    }
  }
}
