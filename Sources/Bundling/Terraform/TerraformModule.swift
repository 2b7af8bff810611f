import Files
import Model
import Text

/// What an expression of a Terraform module comes to, as far as that is known before it is planned.
indirect enum TerraformValue {
  case text(String)
  case list([TerraformValue])
  case map([(key: String, value: TerraformValue)])
  /// A resource or a data source and what of it is asked for: `data.archive_file.orders`, `output_path`.
  case attribute(TerraformModule.Address, String)
  case nothing
  /// Why: a sentence's end, such as "the variable 'stage' has no default".
  case unknown(String)

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  var isNothing: Bool {
    if case .nothing = self { true } else { false }
  }

  /// Why it is not known; nil where it is.
  var unknown: String? {
    if case .unknown(let why) = self { why } else { nil }
  }
}

/// All `*.tf` and `*.tf.json` of one folder, and what names in them stand for: variables with what is
/// handed down or their defaults, locals, paths, the parts of resources that are written down.
///
/// Source: https://developer.hashicorp.com/terraform/language/expressions/references
struct TerraformModule {
  /// A resource, or a data source where `mode` is `data`.
  struct Address: Hashable {
    let mode: String
    let type: String
    let name: String
  }

  /// Absolute path.
  let folder: String
  /// Absolute path of the module that names this one, or itself.
  let top: String
  private(set) var resources: [(address: Address, block: HCLBody.Block)] = []
  private(set) var modules: [HCLBody.Block] = []
  private(set) var dataSources: [(address: Address, body: HCLBody)] = []
  private var byAddress: [Address: HCLBody] = [:]
  private var variables: [String: HCLBody] = [:]
  private var locals: [String: HCLExpression] = [:]
  private let given: [String: TerraformValue]
  /// `each` and `count` while a resource with `for_each` is read.
  var each: (key: String, value: TerraformValue)?
  private var deciding: Set<String> = []

  init(
    _ files: [HCLBody], in folder: String, top: String? = nil,
    given: [String: TerraformValue] = [:]
  ) {
    self.folder = folder
    self.top = top ?? folder
    self.given = given
    for block in files.flatMap(\.blocks) {
      switch (block.type, block.labels.count) {
      case ("resource", 2), ("data", 2):
        let address = Address(mode: block.type, type: block.labels[0], name: block.labels[1])
        if block.type == "resource" {
          resources.append((address, block))
        } else {
          dataSources.append((address, block.body))
        }
        byAddress[address] = block.body
      case ("module", 1): modules.append(block)
      case ("variable", 1): variables[block.labels[0]] = block.body
      case ("locals", 0): for local in block.body.attributes { locals[local.name] = local.value }
      default: break
      }
    }
  }

  func body(of address: Address) -> HCLBody? { byAddress[address] }

  // MARK: Values

  mutating func value(_ expression: HCLExpression?) -> TerraformValue {
    guard let expression else { return .nothing }
    switch expression.content {
    case .literal(let text): return .text(text)
    case .word("null"): return .nothing
    case .word(let word): return .text(word)
    case .list(let elements): return .list(elements.map { value($0) })
    case .map(let entries):
      var values: [(key: String, value: TerraformValue)] = []
      for entry in entries {
        guard let key = value(entry.key).text else { return .unknown("a key is not known") }
        values.append((key, value(entry.value)))
      }
      return .map(values)
    case .template(let parts):
      var text = ""
      for part in parts {
        let value = value(part)
        guard let known = value.text else {
          return .unknown(value.unknown ?? "a part of it is only known when it is planned")
        }
        text += known
      }
      return .text(text)
    case .reference(let parts, let keys):
      var keys = keys[...]
      return reference(
        parts.map { part in
          guard part == "*", let key = keys.popFirst() else { return part }
          return value(key).text ?? part
        })
    case .call(let name, let arguments): return call(name, arguments)
    case .other: return .unknown("it is computed when it is planned")
    }
  }

  private mutating func reference(_ parts: [String]) -> TerraformValue {
    switch parts[0] {
    case "path" where parts.count == 2:
      switch parts[1] {
      case "module": return .text(folder)
      case "root", "cwd": return .text(top)
      default: break
      }
    case "var" where parts.count > 1: return select(parts.dropFirst(2), of: variable(parts[1]))
    case "local" where parts.count > 1: return select(parts.dropFirst(2), of: local(parts[1]))
    case "each" where parts.count > 1:
      guard let each else { return .unknown("'for_each' is only known when it is planned") }
      return parts[1] == "key"
        ? .text(each.key) : select(parts.dropFirst(2), of: each.value)
    case "count": return .unknown("'count' is only known when it is planned")
    case "data" where parts.count > 3: return attribute("data", parts.dropFirst())
    default:
      if parts.count > 2 { return attribute("resource", parts[...]) }
    }
    return .unknown("'\(parts.joined(separator: "."))' is only known when it is planned")
  }

  private func attribute(_ mode: String, _ parts: ArraySlice<String>) -> TerraformValue {
    let parts = Array(parts)
    let address = Address(mode: mode, type: parts[0], name: parts[1])
    guard byAddress[address] != nil else {
      return .unknown("'\(parts.joined(separator: "."))' is only known when it is planned")
    }
    // `data.archive_file.functions["orders"].output_path`: each of them is made alike.
    return .attribute(address, parts[parts.count - 1])
  }

  private mutating func variable(_ name: String) -> TerraformValue {
    if let value = given[name] { return value }
    guard let body = variables[name] else { return .unknown("there is no variable '\(name)'") }
    guard let initial = body["default"] else {
      return .unknown("the variable '\(name)' has no default")
    }
    return value(initial)
  }

  private mutating func local(_ name: String) -> TerraformValue {
    guard let written = locals[name] else { return .unknown("there is no local '\(name)'") }
    guard deciding.insert(name).inserted else { return .unknown("'\(name)' depends on itself") }
    defer { deciding.remove(name) }
    return value(written)
  }

  private func select(
    _ keys: ArraySlice<String>, of value: TerraformValue
  ) -> TerraformValue {
    guard let key = keys.first else { return value }
    switch value {
    case .map(let entries):
      guard let entry = entries.first(where: { $0.key == key }) else {
        return .unknown("there is nothing at '\(key)'")
      }
      return select(keys.dropFirst(), of: entry.value)
    case .list(let elements):
      guard let position = Int(key), elements.indices.contains(position) else {
        return .unknown("there is nothing at '\(key)'")
      }
      return select(keys.dropFirst(), of: elements[position])
    case .unknown: return value
    default: return .unknown("there is nothing at '\(key)'")
    }
  }

  /// The functions that paths and tables are written with.
  private mutating func call(_ name: String, _ arguments: [HCLExpression]) -> TerraformValue {
    let values = arguments.map { value($0) }
    if let unknown = values.compactMap(\.unknown).first { return .unknown(unknown) }
    switch name {
    case "abspath", "pathexpand", "tostring", "trimspace":
      if let text = values.first?.text { return .text(text) }
    case "toset", "tolist", "tomap":
      if let first = values.first { return first }
    case "basename":
      if let text = values.first?.text {
        return .text(text.split(separator: "/").last.map(String.init) ?? "")
      }
    case "dirname":
      if let text = values.first?.text {
        return .text(
          text.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/"))
      }
    case "format":
      if let format = values.first?.text {
        var parts = format.split(separator: "%s", omittingEmptySubsequences: false)[...]
        var text = String(parts.removeFirst())
        for (value, part) in zip(values.dropFirst(), parts) {
          guard let known = value.text else { break }
          text += known + part
        }
        if parts.count == values.count - 1, !text.contains("%") { return .text(text) }
      }
    case "join":
      if values.count == 2, let separator = values[0].text, case .list(let elements) = values[1] {
        let texts = elements.compactMap(\.text)
        if texts.count == elements.count { return .text(texts.joined(separator: separator)) }
      }
    case "merge":
      var merged: [(key: String, value: TerraformValue)] = []
      for case .map(let entries) in values {
        for entry in entries {
          merged.removeAll { $0.key == entry.key }
          merged.append(entry)
        }
      }
      return .map(merged)
    default: break
    }
    return .unknown("'\(name)' is only run when it is planned")
  }
}
