package import Model

/// A function's sizes held against the provider's limits and the user's budget, the limits first.
///
/// Attached layers take from the unzipped limit, not from the budget.
package func measures(
  of function: Function, provider: Provider, unzipped: Int, zipped: Int
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
    let layers = measure == .unzipped ? settings.layersUnzipped : 0
    let own = measure == .zipped ? settings.limits.zipped : settings.limits.unzipped
    if let own {
      measures.append(
        Report.Measure(
          kind: .limit, measure: measure, bytes: figure(measure) + layers, bound: own,
          source: "configuration"))
    } else if let limit = provider.limits.first(where: { $0.measure == measure }) {
      measures.append(
        Report.Measure(
          kind: .limit, measure: measure, bytes: figure(measure) + layers, bound: limit.bytes,
          source: limit.source))
    }
  }
  for (measure, bound) in [
    (Provider.Limit.Measure.zipped, settings.budget.zipped), (.unzipped, settings.budget.unzipped),
  ] {
    guard let bound else { continue }
    measures.append(
      Report.Measure(
        kind: .budget, measure: measure, bytes: figure(measure), bound: bound,
        source: "configuration"))
  }
  return measures
}

/// What there is to say about a function's figures: from `warn-at` of a bound on a warning, above it
/// an error, each with the three distributions that it would be lightest without.
///
/// `distributions` are sorted by retained size, largest first.
package func check(
  _ measures: [Report.Measure], of function: Function, distributions: [Report.DistributionShare]
) -> [Diagnostic] {
  let largest = distributions.prefix(3).filter { $0.retained > 0 }
  var diagnostics: [Diagnostic] = []
  for measure in measures {
    if measure.bytes > measure.bound {
      diagnostics.append(.aboveBound(measure, function, largest: largest))
    } else if Double(measure.bytes) >= function.settings.warnAt * Double(measure.bound) {
      diagnostics.append(.nearBound(measure, function, largest: largest))
    }
  }
  return diagnostics
}
