/// What a function reaches, with nodes that belong together taken for one.
package struct FunctionGraph: Sendable {
  package struct Node: Hashable, Sendable {
    /// A distribution's name, or the first parts of a dotted one.
    package let name: String
    /// Nil for the team's own.
    package let distribution: String?
    /// Bytes of its entries.
    package let unzipped: Int
    package let zipped: Int

    package init(name: String, distribution: String?, unzipped: Int, zipped: Int) {
      self.name = name
      self.distribution = distribution
      self.unzipped = unzipped
      self.zipped = zipped
    }
  }

  package struct Edge: Hashable, Sendable {
    /// Positions in `nodes`.
    package let from: Int
    package let to: Int
    /// The strongest of those that it stands for.
    package let kind: EdgeKind
    package let count: Int
    /// Of the first that has one.
    package let location: SourceLocation?

    package init(from: Int, to: Int, kind: EdgeKind, count: Int, location: SourceLocation?) {
      self.from = from
      self.to = to
      self.kind = kind
      self.count = count
      self.location = location
    }
  }

  package let function: String
  /// The handler's first, then by name.
  package let nodes: [Node]
  /// By their ends.
  package let edges: [Edge]

  package init(function: String, nodes: [Node], edges: [Edge]) {
    self.function = function
    self.nodes = nodes
    self.edges = edges
  }
}

/// What an archive ships of others, for a bill of materials.
package struct BillOfMaterials: Sendable {
  package struct Component: Hashable, Sendable {
    package let name: String
    package let version: String
    package let licence: Licence?
    /// Hex SHA-256 of the wheel that it is from; nil where it is installed in a folder.
    package let wheelSHA256: String?
    /// Positions in `components` of what it requires, as far as that is shipped, in ascending order.
    package let requires: [Int]

    package init(
      name: String, version: String, licence: Licence?, wheelSHA256: String?, requires: [Int]
    ) {
      self.name = name
      self.version = version
      self.licence = licence
      self.wheelSHA256 = wheelSHA256
      self.requires = requires
    }
  }

  package struct Function: Hashable, Sendable {
    package let name: String
    /// As `Report.Function.contentDigest`.
    package let contentDigest: String
    /// Positions in `components`, in ascending order.
    package let ships: [Int]

    package init(name: String, contentDigest: String, ships: [Int]) {
      self.name = name
      self.contentDigest = contentDigest
      self.ships = ships
    }
  }

  package let project: String
  package let functions: [Function]
  /// By name, then by version.
  package let components: [Component]

  package init(project: String, functions: [Function], components: [Component]) {
    self.project = project
    self.functions = functions
    self.components = components
  }
}

/// How a distribution says what it is licensed under.
package enum Licence: Hashable, Sendable {
  /// An SPDX expression (`License-Expression`, PEP 639).
  case expression(String)
  /// Words (`License`, or its classifiers).
  case name(String)
}
