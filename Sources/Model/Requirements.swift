/// Which distributions of a target's environment require which: `Requires-Dist` with its markers
/// decided for the target, and what the project itself asks for.
///
/// Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/
package struct RequirementGraph: Hashable, Sendable {
  /// One distribution requires another.
  package struct Requirement: Hashable, Sendable {
    package let to: DistributionID
    /// The extra of the requiring distribution that has to be asked for, normalised (PEP 685); nil
    /// where it holds always.
    package let extra: String?
    /// Extras of `to` that are asked for with it, normalised, sorted.
    package let extras: [String]

    package init(to: DistributionID, extra: String? = nil, extras: [String] = []) {
      self.to = to
      self.extra = extra
      self.extras = extras
    }
  }

  /// What a distribution requires, in the order of its metadata; distributions that the environment
  /// lacks are not in it.
  package var requirements: [DistributionID: [Requirement]]
  /// What the project asks for: the lines of its requirements file, its lock's roots, what was
  /// installed by name (`REQUESTED`), else what no other requires without an extra. Sorted.
  package var direct: [Declaration]

  package init(
    requirements: [DistributionID: [Requirement]] = [:], direct: [Declaration] = []
  ) {
    self.requirements = requirements
    self.direct = direct
  }
}

/// Somebody asks for a distribution by its name: `pandas[excel]` in a requirements file, `needs` of a
/// function.
package struct Declaration: Hashable, Sendable, Comparable {
  package let distribution: DistributionID
  /// Normalised (PEP 685), sorted.
  package let extras: [String]
  /// Where it says so; nil where that is an environment's metadata.
  package let origin: SourceLocation?

  package init(distribution: DistributionID, extras: [String] = [], origin: SourceLocation? = nil) {
    self.distribution = distribution
    self.extras = extras
    self.origin = origin
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.distribution != b.distribution
      ? a.distribution < b.distribution : a.extras.lexicographicallyPrecedes(b.extras)
  }
}

/// How far optional imports are followed into other distributions.
package enum OptionalImports: String, Hashable, Sendable, CaseIterable {
  /// Into those that the function declares: what it imports itself, what that requires, what its own
  /// requirements and `needs` name.
  case declared
  /// Into whatever is installed.
  case installed
}
