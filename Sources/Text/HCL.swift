package import Model

/// A file of HashiCorp's configuration language: attributes and blocks, with the places where they were
/// written. Expressions are read as far as they can say something without being run: strings with
/// templates, lists, maps, references, calls; whatever else there is is `other`.
///
/// Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
package struct HCLBody: Sendable {
  package struct Attribute: Sendable {
    package let name: String
    package let location: SourceLocation
    package let value: HCLExpression
  }

  /// `resource "aws_lambda_function" "orders" { … }`
  package struct Block: Sendable {
    package let type: String
    package let labels: [String]
    package let location: SourceLocation
    package let body: HCLBody
  }

  package var attributes: [Attribute] = []
  package var blocks: [Block] = []

  package subscript(_ name: String) -> HCLExpression? {
    attributes.first { $0.name == name }?.value
  }

  package func blocks(_ type: String) -> [Block] { blocks.filter { $0.type == type } }
}

package struct HCLExpression: Sendable {
  package indirect enum Content: Sendable {
    /// Texts, and what stands in `${…}` between them.
    case template([HCLExpression])
    /// A text as it is meant, without quotes.
    case literal(String)
    /// A number, `true`, `false` or `null`, as it is written.
    case word(String)
    case list([HCLExpression])
    case map([(key: HCLExpression, value: HCLExpression)])
    /// `var.region`, `data.archive_file.orders.output_path`, `local.functions["orders"].handler`: names
    /// and constant keys; `*` for each key that is an expression (`[each.key]`), which are `keys`.
    case reference([String], keys: [HCLExpression])
    case call(String, [HCLExpression])
    /// What has to be computed: operators, conditions, `for`.
    case other
  }

  package let content: Content
  package let location: SourceLocation
}

extension HCLBody {
  /// Throws at the first byte that breaks the language's rules.
  package static func read(_ bytes: [UInt8], path: String) throws(MalformedText) -> HCLBody {
    var reader = HCLReader(bytes, path: path)
    return try reader.file()
  }

  /// The same language written as JSON: an object's keys are attributes or blocks, as the schema has it,
  /// and texts are templates.
  ///
  /// - Parameter labels: how many labels blocks of a type have; others are attributes.
  package static func read(
    json bytes: [UInt8], path: String, labels: [String: Int]
  ) throws(MalformedText) -> HCLBody {
    let document = try JSON.read(bytes, path: path)
    var body = HCLBody()
    for entry in document.table?.entries ?? [] {
      guard let count = labels[entry.key] else { continue }
      body.blocks += blocks(entry.key, [], entry.value, count, at: entry.keyLocation)
    }
    return body
  }

  private static func blocks(
    _ type: String, _ labels: [String], _ datum: Datum, _ missing: Int, at location: SourceLocation
  ) -> [Block] {
    if let elements = datum.array {
      return elements.flatMap { blocks(type, labels, $0, missing, at: $0.location) }
    }
    guard missing > 0 else {
      return [Block(type: type, labels: labels, location: location, body: HCLBody(datum))]
    }
    return (datum.table?.entries ?? []).flatMap {
      blocks(type, labels + [$0.key], $0.value, missing - 1, at: $0.keyLocation)
    }
  }

  /// In JSON nobody can tell an attribute from a block: what is an object, or has some, is both.
  private init(_ datum: Datum) {
    for entry in datum.table?.entries ?? [] {
      attributes.append(
        Attribute(
          name: entry.key, location: entry.keyLocation, value: HCLExpression(entry.value)))
      for inner in entry.value.array ?? [entry.value] where inner.table != nil {
        blocks.append(
          Block(type: entry.key, labels: [], location: entry.keyLocation, body: HCLBody(inner)))
      }
    }
  }
}

extension HCLExpression {
  fileprivate init(_ datum: Datum) {
    location = datum.location
    content =
      switch datum.content {
      case .string(let text): HCLReader.template(text, at: datum.location)
      case .integer(let number): .word(String(number))
      case .float(let number): .word(String(number))
      case .boolean(let isTrue): .word(String(isTrue))
      case .null, .dateTime: .word("null")
      case .array(let elements): .list(elements.map { HCLExpression($0) })
      case .table(let table):
        .map(
          table.entries.map { entry in
            (
              HCLExpression(content: .literal(entry.key), location: entry.keyLocation),
              HCLExpression(entry.value)
            )
          })
      }
  }
}
