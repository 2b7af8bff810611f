package import Model

/// A function's sizes held against the provider's limits and the user's budget, the limits first.
///
/// Attached layers take from the unzipped limit, not from the budget: those of the project's own, which
/// take `layers` bytes, and what `layers-unzipped` says of others.
package func measures(
  of function: Function, provider: Provider, unzipped: Int, zipped: Int,
  layers attached: Int = 0
) -> [Report.Measure] {
  let settings = function.settings
  func figure(_ measure: Provider.Limit.Measure) -> Int {
    switch measure {
    case .zipped: zipped
    case .unzipped: unzipped
    }
  }
  var measures: [Report.Measure] = []
  for measure in [Provider.Limit.Measure.zipped, .unzipped] {
    let layers = measure == .unzipped ? settings.layersUnzipped + attached : 0
    let own = measure == .zipped ? settings.limits.zipped : settings.limits.unzipped
    if let own {
      measures.append(
        Report.Measure(
          kind: .limit, measure: measure, bytes: figure(measure) + layers, layers: layers,
          bound: own, source: configured, origin: settings.limits.origin ?? function.origin))
    } else if let limit = provider.limits.first(where: { $0.measure == measure }) {
      measures.append(
        Report.Measure(
          kind: .limit, measure: measure, bytes: figure(measure) + layers, layers: layers,
          bound: limit.bytes, source: limit.source))
    }
  }
  for (measure, bound) in [
    (Provider.Limit.Measure.zipped, settings.budget.zipped), (.unzipped, settings.budget.unzipped),
  ] {
    guard let bound else { continue }
    measures.append(
      Report.Measure(
        kind: .budget, measure: measure, bytes: figure(measure), bound: bound, source: configured,
        origin: settings.budget.origin ?? function.origin))
  }
  return measures
}

private let configured = "configuration"

/// What there is to say about a function's figures: from `warn-at` of a bound on a warning, above it
/// an error, each with the three distributions that it would be lightest without.
package func check(
  _ measures: [Report.Measure], of function: Function, distributions: [Report.DistributionShare]
) -> [Diagnostic] {
  var diagnostics: [Diagnostic] = []
  for measure in measures {
    let relief = distributions.map {
      Relief(
        distribution: "\($0.name) \($0.version)",
        bytes: measure.measure == .zipped ? $0.retainedZipped : $0.retained)
    }
    let largest = relief.filter { $0.bytes > 0 }.sorted { $0.bytes > $1.bytes }.prefix(3)
    if measure.bytes > measure.bound {
      diagnostics.append(.aboveBound(measure, function, Array(largest)))
    } else if Double(measure.bytes) >= function.settings.warnAt * Double(measure.bound) {
      diagnostics.append(.nearBound(measure, function, Array(largest)))
    }
  }
  return diagnostics
}

/// By how much an archive is smaller without a distribution and what only that needs.
struct Relief {
  /// With its version.
  let distribution: String
  /// In the measure that is at stake.
  let bytes: Int
}
