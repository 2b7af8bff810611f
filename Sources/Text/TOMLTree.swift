import Model

/// The tables of a document while it is read, with who made each: that decides what may still be
/// added to it.
struct TOMLTree {
  private enum Kind {
    /// A value, arrays and inline tables among them: closed.
    case value(Datum)
    /// By `[a.b.c]`, for `a` and `a.b`: a header of its own may still follow.
    case impliedTable
    /// By its own header; `[[x]]`'s elements too.
    case headedTable
    /// By `a.b = 1`, for `a`: open to further dotted keys and to headers below it.
    case dottedTable
    /// By `[[x]]`: `children` are its elements.
    case tableArray
  }

  private struct Child {
    let key: String
    let keyLocation: SourceLocation
    let node: Int
  }

  private struct Node {
    var kind: Kind
    var location: SourceLocation
    var children: [Child] = []
    /// By the key's bytes.
    var positions: [[UInt8]: Int] = [:]
  }

  static let root = 0
  private var nodes: [Node]

  init(at location: SourceLocation) { nodes = [Node(kind: .headedTable, location: location)] }

  // MARK: Building

  /// `[a.b.c]`
  mutating func openTable(
    _ keys: [TOMLReader.Key], at location: SourceLocation
  ) throws(MalformedText) -> Int {
    let (parent, last) = try walkHeader(keys)
    guard let existing = child(last.name, of: parent) else {
      return add(.headedTable, last, below: parent, at: location)
    }
    guard case .impliedTable = nodes[existing].kind else {
      throw .toml(
        .redefinedTable(Self.dotted(keys)), at: last.location, first: nodes[existing].location)
    }
    nodes[existing].kind = .headedTable
    nodes[existing].location = location
    return existing
  }

  /// `[[a.b]]`
  mutating func openArrayElement(
    _ keys: [TOMLReader.Key], at location: SourceLocation
  ) throws(MalformedText) -> Int {
    let (parent, last) = try walkHeader(keys)
    let array: Int
    if let existing = child(last.name, of: parent) {
      switch nodes[existing].kind {
      case .tableArray: array = existing
      case .value(let value) where value.array != nil:
        throw .toml(
          .arrayIsClosed(Self.dotted(keys)), at: last.location, first: nodes[existing].location)
      default:
        throw .toml(
          .redefinedTable(Self.dotted(keys)), at: last.location, first: nodes[existing].location)
      }
    } else {
      array = add(.tableArray, last, below: parent, at: location)
    }
    nodes.append(Node(kind: .headedTable, location: location))
    nodes[array].children.append(Child(key: "", keyLocation: location, node: nodes.count - 1))
    return nodes.count - 1
  }

  /// `a.b = value`, in the table `table`.
  mutating func insert(
    _ value: Datum, at keys: [TOMLReader.Key], below table: Int
  ) throws(MalformedText) {
    var current = table
    for (position, key) in keys.dropLast().enumerated() {
      guard let next = child(key.name, of: current) else {
        current = add(.dottedTable, key, below: current, at: key.location)
        continue
      }
      let written = Self.dotted(keys[...position])
      switch nodes[next].kind {
      case .dottedTable: break
      case .impliedTable: nodes[next].kind = .dottedTable
      case .headedTable, .tableArray:
        throw .toml(.redefinedTable(written), at: key.location, first: nodes[next].location)
      case .value(let value):
        throw .toml(Self.refusal(of: written, value), at: key.location, first: value.location)
      }
      current = next
    }
    let last = keys[keys.count - 1]
    if let existing = nodes[current].positions[Array(last.name.utf8)] {
      throw .toml(
        .duplicateKey(Self.dotted(keys)), at: last.location,
        first: nodes[current].children[existing].keyLocation)
    }
    _ = add(.value(value), last, below: current, at: value.location)
  }

  /// Goes along all keys but the last, into the last element of arrays of tables.
  private mutating func walkHeader(
    _ keys: [TOMLReader.Key]
  ) throws(MalformedText) -> (parent: Int, last: TOMLReader.Key) {
    var current = Self.root
    for (position, key) in keys.dropLast().enumerated() {
      guard let next = child(key.name, of: current) else {
        current = add(.impliedTable, key, below: current, at: key.location)
        continue
      }
      switch nodes[next].kind {
      case .impliedTable, .headedTable, .dottedTable: current = next
      case .tableArray: current = nodes[next].children[nodes[next].children.count - 1].node
      case .value(let value):
        throw .toml(
          Self.refusal(of: Self.dotted(keys[...position]), value), at: key.location,
          first: value.location)
      }
    }
    return (current, keys[keys.count - 1])
  }

  private static func refusal(of key: String, _ value: Datum) -> TextProblem {
    value.table == nil ? .notATable(key, kind: value.kindName) : .closedTable(key)
  }

  private static func dotted(_ keys: some Collection<TOMLReader.Key>) -> String {
    keys.map(\.name).joined(separator: ".")
  }

  private func child(_ key: String, of node: Int) -> Int? {
    nodes[node].positions[Array(key.utf8)].map { nodes[node].children[$0].node }
  }

  private mutating func add(
    _ kind: Kind, _ key: TOMLReader.Key, below parent: Int, at location: SourceLocation
  ) -> Int {
    nodes.append(Node(kind: kind, location: location))
    nodes[parent].positions[Array(key.name.utf8)] = nodes[parent].children.count
    nodes[parent].children.append(
      Child(key: key.name, keyLocation: key.location, node: nodes.count - 1))
    return nodes.count - 1
  }

  // MARK: Finishing

  var finishedTable: DatumTable { table(of: Self.root) }

  func finish() -> Datum { datum(of: Self.root) }

  private func table(of node: Int) -> DatumTable {
    DatumTable(
      nodes[node].children.map {
        DatumTable.Entry(key: $0.key, keyLocation: $0.keyLocation, value: datum(of: $0.node))
      })
  }

  private func datum(of node: Int) -> Datum {
    switch nodes[node].kind {
    case .value(let value): value
    case .tableArray:
      Datum(.array(nodes[node].children.map { datum(of: $0.node) }), at: nodes[node].location)
    case .impliedTable, .headedTable, .dottedTable:
      Datum(.table(table(of: node)), at: nodes[node].location)
    }
  }
}
