import Model
import Text

/// What `terraform show -json` says of a plan, or of a state: resources with all values that are known
/// before they are applied. Modules, loops, variables and functions are Terraform's own work.
///
/// Source: https://developer.hashicorp.com/terraform/internals/json-format
struct TerraformPlan {
  /// A resource, or a data source that was read while planning.
  struct Resource {
    let type: String
    let name: String
    /// What stands in front of it: `module.shop["eu"]`; empty in the root module.
    let module: String
    /// Of `for_each` or `count`.
    let key: String?
    let values: DatumTable
    let location: SourceLocation

    /// A value that is known; null and what is left out are not.
    subscript(_ key: String) -> Datum? {
      guard let value = values[key], value.content != .null else { return nil }
      return value
    }
  }

  private(set) var resources: [Resource] = []
  /// The module's resources as they are written, by their modules without keys and their addresses:
  /// `module.shop`, `aws_lambda_function.orders`.
  private var expressions: [String: DatumTable] = [:]
  /// What is handed to modules, by their addresses without keys.
  private(set) var calls: [String: DatumTable] = [:]

  /// Whether a file begins as such a document does.
  static func isOne(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(400), as: UTF8.self)
    return head.contains("\"format_version\"") && head.contains("\"terraform_version\"")
  }

  /// Nil for a document of another major version, or without resources that are planned or there.
  init?(_ document: DatumTable) {
    guard document["format_version"]?.string?.hasPrefix("1.") == true,
      let root = (document["planned_values"] ?? document["values"])?.table?["root_module"]?.table
    else { return nil }
    collect(root, module: "")
    // What data sources had when they were read.
    if let state = document["prior_state"]?.table?["values"]?.table?["root_module"]?.table {
      collect(state, module: "", onlyData: true)
    }
    if let written = document["configuration"]?.table?["root_module"]?.table {
      collect(configuration: written, module: "")
    }
  }

  private mutating func collect(_ table: DatumTable, module: String, onlyData: Bool = false) {
    for row in table["resources"]?.array ?? [] {
      guard let resource = row.table, let type = resource["type"]?.string,
        let name = resource["name"]?.string, let values = resource["values"]?.table,
        !onlyData || resource["mode"]?.string == "data"
      else { continue }
      let key: String? =
        switch resource["index"]?.content {
        case .string(let key)?: key
        case .integer(let position)?: String(position)
        default: nil
        }
      resources.append(
        Resource(
          type: type, name: name, module: module, key: key, values: values, location: row.location))
    }
    for child in table["child_modules"]?.array ?? [] {
      guard let table = child.table else { continue }
      collect(table, module: table["address"]?.string ?? module, onlyData: onlyData)
    }
  }

  private mutating func collect(configuration table: DatumTable, module: String) {
    let prefix = module.isEmpty ? "" : module + "."
    for row in table["resources"]?.array ?? [] {
      guard let address = row.table?["address"]?.string,
        let written = row.table?["expressions"]?.table
      else { continue }
      expressions[prefix + address] = written
    }
    for call in table["module_calls"]?.table?.entries ?? [] {
      let address = "\(prefix)module.\(call.key)"
      if let given = call.value.table?["expressions"]?.table { calls[address] = given }
      if let module = call.value.table?["module"]?.table {
        collect(configuration: module, module: address)
      }
    }
  }

  /// The resources that an expression of another one names, of the types that are wanted: those of the
  /// same key where there are several.
  ///
  /// - Parameter path: `build_config`, `source`, `storage_source`, `object`.
  func referred(
    by resource: Resource, _ path: [String], types: [String]
  ) -> Resource? {
    let module = Self.withoutKeys(resource.module)
    let prefix = module.isEmpty ? "" : module + "."
    var value = expressions["\(prefix)\(resource.type).\(resource.name)"]?[path[0]]
    for key in path.dropFirst() { value = (value?.array?.first ?? value)?.table?[key] }
    for reference in value?.table?["references"]?.array ?? [] {
      guard let text = reference.string else { continue }
      let parts = text.split(separator: ".").map { String($0.prefix { $0 != "[" }) }
      let names = parts.first == "data" ? parts.dropFirst() : parts[...]
      guard names.count >= 2, types.contains(names[names.startIndex]) else { continue }
      let found = resources.filter {
        $0.type == names[names.startIndex] && $0.name == names[names.startIndex + 1]
          && $0.module == resource.module
      }
      if let one = found.first(where: { $0.key == resource.key }) ?? found.first { return one }
    }
    return nil
  }

  /// Whether something is written for a value, be it known or not.
  func isWritten(_ key: String, of resource: Resource) -> Bool {
    let module = Self.withoutKeys(resource.module)
    let prefix = module.isEmpty ? "" : module + "."
    return expressions["\(prefix)\(resource.type).\(resource.name)"]?[key] != nil
  }

  /// `module.shop` of `module.shop["eu"]`
  static func withoutKeys(_ module: String) -> String {
    var text = ""
    var depth = 0
    for character in module {
      if character == "[" { depth += 1 }
      if depth == 0 { text.append(character) }
      if character == "]" { depth -= 1 }
    }
    return text
  }
}

extension TerraformPlan.Resource {
  /// As a Terraform module's functions are named: `shop-eu-orders`. A module's only resource of its type
  /// is called `this` by custom, and has its module's name.
  var functionName: String {
    var text = ""
    var quoted = false
    for character in module {
      switch character {
      case "\"": quoted.toggle()
      case "." where !quoted: text.append("\n")
      case "[" where !quoted: text.append("-")
      case "]" where !quoted: break
      default: text.append(character)
      }
    }
    var parts = text.split(separator: "\n").filter { $0 != "module" }.map(String.init)
    let isOnly = name == "this" && !parts.isEmpty
    if !isOnly { parts.append(name) }
    if let key, !(isOnly && key == "0") { parts.append(key) }
    return parts.joined(separator: "-")
  }
}
