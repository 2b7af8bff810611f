/// An archive of distributions that several functions have in common, which they attach instead of
/// shipping these themselves: a layer of AWS Lambda.
///
/// What is attached lies below `/opt` when a function runs, and `/opt/python` stands on `sys.path` behind
/// the function's own folder (https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html).
package struct Layer: Sendable {
  /// A distribution that the configuration names for it.
  package struct NamedDistribution: Hashable, Sendable {
    /// Normalised (PEP 503).
    package let name: String
    package let origin: SourceLocation

    package init(name: String, origin: SourceLocation) {
      self.name = name
      self.origin = origin
    }
  }

  package let name: String
  /// Its table's header.
  package let origin: SourceLocation
  /// Absolute path of the archive that it becomes.
  package let archive: String
  package let runtime: Runtime
  package let architecture: Architecture
  package let strip: Strip
  /// Whether it has its distributions whole, not only what functions reach of them.
  package let isWhole: Bool
  package let distributions: [NamedDistribution]
  /// Functions whose common distributions are in it, too.
  package let sharedBy: [FunctionID]
  /// Who attaches it, in the order of their names.
  package let attached: [FunctionID]
  /// Names of functions that it is about, and that cannot be packaged.
  package let absent: [String]

  package init(
    name: String, origin: SourceLocation, archive: String, runtime: Runtime,
    architecture: Architecture, strip: Strip = .off, isWhole: Bool = false,
    distributions: [NamedDistribution], sharedBy: [FunctionID] = [], attached: [FunctionID],
    absent: [String] = []
  ) {
    self.name = name
    self.origin = origin
    self.archive = archive
    self.runtime = runtime
    self.architecture = architecture
    self.strip = strip
    self.isWhole = isWhole
    self.distributions = distributions
    self.sharedBy = sharedBy
    self.attached = attached
    self.absent = absent
  }

  /// All functions that decide what it has, in ascending order.
  package var members: [FunctionID] { Set(attached + sharedBy).sorted() }
}

package typealias LayerID = ID<Layer>

/// What an archive is of.
package enum Product: Hashable, Sendable {
  case function(FunctionID)
  case layer(LayerID)
}

extension Workspace {
  package func name(of product: Product) -> String {
    switch product {
    case .function(let id): functions[id].name
    case .layer(let id): layers[id].name
    }
  }

  /// Absolute path.
  package func archive(of product: Product) -> String {
    switch product {
    case .function(let id): functions[id].archive
    case .layer(let id): layers[id].archive
    }
  }

  package func strip(of product: Product) -> Strip {
    switch product {
    case .function(let id): functions[id].settings.strip
    case .layer(let id): layers[id].strip
    }
  }
}
