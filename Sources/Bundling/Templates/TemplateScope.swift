import Model
import YAML

/// What the names in one CloudFormation template stand for, and its intrinsic functions. What only the
/// deployment knows is unknown, with its reason.
struct TemplateScope {
  /// Defaults, or what the template above hands down.
  private(set) var parameters: [String: TemplateValue] = [:]
  private let mappings: YAMLNode?
  let conditions: YAMLNode?
  /// Conditions that are being decided, and those that are.
  var deciding: [String] = []
  var decided: [String: Bool?] = [:]
  /// How many nodes loops may still make.
  private var loopBudget = 500_000
  var diagnostics: [Diagnostic] = []

  /// - Parameter given: values that the template above passes, by the parameter's name.
  init(_ template: YAMLNode, given: [String: TemplateValue] = [:]) {
    mappings = template["Mappings"]
    conditions = template["Conditions"]
    for entry in template["Parameters"]?.mapping ?? [] {
      if let value = given[entry.key], value.unknown == nil {
        parameters[entry.key] = value
      } else {
        parameters[entry.key] = Self.value(ofParameter: entry)
      }
    }
  }

  private static func value(ofParameter entry: YAMLNode.Entry) -> TemplateValue {
    let type = entry.value["Type"]?.text ?? "String"
    // The default is the parameter's name in the store, not its value.
    if type.hasPrefix("AWS::SSM::Parameter::") {
      return TemplateValue(
        .unknown("the parameter '\(entry.key)' stands in the parameter store"),
        at: entry.keyLocation)
    }
    guard let initial = entry.value["Default"], let text = initial.text else {
      return TemplateValue(
        .unknown("the parameter '\(entry.key)' has no default"), at: entry.keyLocation)
    }
    guard type == "CommaDelimitedList" || type.hasPrefix("List<") else {
      return TemplateValue(.text(text), at: initial.location)
    }
    return TemplateValue(
      .list(
        text.split(separator: ",").map {
          TemplateValue(.text(trimmed(String($0))), at: initial.location)
        }), at: initial.location)
  }

  // MARK: Values

  mutating func value(of node: YAMLNode) -> TemplateValue {
    if let (name, argument) = node.intrinsic {
      return TemplateValue(call(name, argument), at: node.location)
    }
    switch node.content {
    case .scalar(let text, _):
      let isResolved = text.hasPrefix("{{resolve:")
      return TemplateValue(
        isResolved ? .unknown("'\(text)' is only resolved when it is deployed") : .text(text),
        at: node.location)
    case .sequence(let nodes):
      return TemplateValue(
        .list(nodes.map { value(of: $0) }.filter { !$0.isNothing }), at: node.location)
    case .mapping: return TemplateValue(.table(entries(of: node)), at: node.location)
    }
  }

  /// A mapping's entries, with its loops run:
  ///
  ///     Fn::ForEach::Queues:
  ///       - Name
  ///       - [orders, refunds]
  ///       - ${Name}Function: { Type: AWS::Serverless::Function, … }
  mutating func entries(of node: YAMLNode) -> [YAMLNode.Entry] {
    var result: [YAMLNode.Entry] = []
    for entry in node.mapping ?? [] {
      guard entry.key.hasPrefix("Fn::ForEach::") else {
        result.append(entry)
        continue
      }
      guard let parts = entry.value.sequence, parts.count == 3, let variable = parts[0].text,
        parts[2].mapping != nil
      else {
        diagnostics.append(.brokenForEach(entry.key, at: entry.keyLocation))
        continue
      }
      let values = value(of: parts[1])
      guard let list = values.list else {
        diagnostics.append(
          .unknownLoop(entry.key, values.unknown ?? "it is no list", at: parts[1].location))
        continue
      }
      let size = parts[2].nodeCount
      for item in list {
        guard let text = item.text, text.utf8.count <= 1024 else {
          diagnostics.append(
            .unknownLoop(entry.key, item.unknown ?? "it is no short text", at: item.location))
          continue
        }
        loopBudget -= size
        guard loopBudget >= 0 else {
          diagnostics.append(.unknownLoop(entry.key, "it makes too much", at: entry.keyLocation))
          return result
        }
        result += entries(of: parts[2].replacing(variable, with: text))
      }
    }
    return result
  }

  /// In bytes, of what is put together; CloudFormation's templates have at most 1 MB.
  private static let textLimit = 1 << 20

  private mutating func call(_ name: String, _ argument: YAMLNode) -> TemplateValue.Content {
    switch name {
    case "Ref": return reference(argument.text ?? "")
    case "Sub": return substitute(argument)
    case "GetAtt":
      let attribute = argument.text ?? argument.sequence?.first?.text ?? ""
      return .resource(String(attribute.prefix { $0 != "." }))
    case "FindInMap": return find(argument)
    case "If": return choose(argument)
    case "Join":
      guard let parts = argument.sequence, parts.count == 2 else { return .unknown(badly(name)) }
      let separator = value(of: parts[0])
      let list = value(of: parts[1])
      return texts(list).map { texts in
        let size = texts.reduce(0) { $0 + $1.utf8.count + (separator.text?.utf8.count ?? 0) }
        return size > Self.textLimit
          ? .unknown("it is too long") : .text(texts.joined(separator: separator.text ?? ""))
      }
    case "Select":
      guard let parts = argument.sequence, parts.count == 2 else { return .unknown(badly(name)) }
      let list = value(of: parts[1])
      guard let position = value(of: parts[0]).text.flatMap({ Int($0) }) else {
        return .unknown(badly(name))
      }
      guard let values = list.list else { return .unknown(list.unknown ?? badly(name)) }
      return values.indices.contains(position) ? values[position].content : .unknown(badly(name))
    case "Split":
      guard let parts = argument.sequence, parts.count == 2,
        let separator = value(of: parts[0]).text, !separator.isEmpty
      else { return .unknown(badly(name)) }
      let whole = value(of: parts[1])
      guard let text = whole.text else { return .unknown(whole.unknown ?? badly(name)) }
      return .list(
        text.split(separator: separator, omittingEmptySubsequences: false).map {
          TemplateValue(.text(String($0)), at: argument.location)
        })
    default: return .unknown("'\(name)' is only known when it is deployed")
    }
  }

  private func badly(_ name: String) -> String { "'\(name)' is not written as it has to be" }

  /// A list's texts, or why one of them is not known.
  private func texts(_ value: TemplateValue) -> Known<[String]> {
    guard let values = value.list else {
      return .unknown(value.unknown ?? "it is no list")
    }
    var texts: [String] = []
    for value in values {
      guard let text = value.text else {
        return .unknown(value.unknown ?? "a part of it is only known when it is deployed")
      }
      texts.append(text)
    }
    return .known(texts)
  }

  private enum Known<Value> {
    case known(Value)
    case unknown(String)

    func map(_ known: (Value) -> TemplateValue.Content) -> TemplateValue.Content {
      switch self {
      case .known(let value): known(value)
      case .unknown(let why): .unknown(why)
      }
    }
  }

  private func reference(_ name: String) -> TemplateValue.Content {
    if let parameter = parameters[name] { return parameter.content }
    switch name {
    case "AWS::NoValue": return .nothing
    case "AWS::Partition": return .text("aws")
    case "AWS::URLSuffix": return .text("amazonaws.com")
    case _ where name.hasPrefix("AWS::"):
      return .unknown("'\(name)' is only known when it is deployed")
    default: return .resource(name)
    }
  }

  /// `!Sub "a-${Name}"`, `!Sub ["a-${x}", {x: !Ref Name}]`; `${!x}` stands for `${x}`.
  private mutating func substitute(_ argument: YAMLNode) -> TemplateValue.Content {
    let parts = argument.sequence
    guard let text = argument.text ?? parts?.first?.text else { return .unknown(badly("Sub")) }
    var own: [String: TemplateValue] = [:]
    if let parts, parts.count > 1 {
      for entry in entries(of: parts[1]) { own[entry.key] = value(of: entry.value) }
    }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      result += rest[..<open.lowerBound]
      guard let close = rest[open.upperBound...].firstIndex(of: "}") else { break }
      let name = trimmed(String(rest[open.upperBound..<close]))
      rest = rest[rest.index(after: close)...]
      if name.hasPrefix("!") {
        result += "${\(name.dropFirst())}"
        continue
      }
      let content = own[name]?.content ?? reference(name)
      switch content {
      case .text(let text):
        guard result.utf8.count + text.utf8.count <= Self.textLimit else {
          return .unknown("it is too long")
        }
        result += text
      case .resource:
        // The whole of it is something of that resource: `!Sub ${Layer}`.
        return text == "${\(name)}" && !name.contains(".")
          ? content : .unknown("'\(name)' is only known when it is deployed")
      case .unknown(let why): return .unknown(why)
      case .list, .table, .nothing: return .unknown("'\(name)' is no text")
      }
    }
    return .text(result + rest)
  }

  /// `!FindInMap [Map, first, second]`, with `DefaultValue` where the language extensions are in use.
  private mutating func find(_ argument: YAMLNode) -> TemplateValue.Content {
    guard let parts = argument.sequence, parts.count >= 3 else {
      return .unknown(badly("FindInMap"))
    }
    let keys = parts.prefix(3).map { value(of: $0) }
    var texts: [String] = []
    for key in keys {
      guard let text = key.text else {
        return .unknown(key.unknown ?? "a key of 'FindInMap' is only known when it is deployed")
      }
      texts.append(text)
    }
    if let found = mappings?[texts[0]]?[texts[1]]?[texts[2]] { return value(of: found).content }
    if parts.count > 3, let initial = parts[3]["DefaultValue"] { return value(of: initial).content }
    return .unknown("the mapping '\(texts[0])' has nothing at '\(texts[1])', '\(texts[2])'")
  }

  /// `!If [condition, this, that]`; a condition that is not decided does no harm where both are one.
  private mutating func choose(_ argument: YAMLNode) -> TemplateValue.Content {
    guard let parts = argument.sequence, parts.count == 3 else { return .unknown(badly("If")) }
    switch decide(parts[0].text ?? "", at: parts[0].location) {
    case true?: return value(of: parts[1]).content
    case false?: return value(of: parts[2]).content
    case nil:
      let (first, second) = (value(of: parts[1]), value(of: parts[2]))
      if let text = first.text, text == second.text { return first.content }
      return .unknown("the condition '\(parts[0].text ?? "")' is only decided when it is deployed")
    }
  }
}
