import Model

extension RequirementGraph {
  /// What the distributions on a target's path require of each other, markers decided for it. Of two
  /// with one name the first on the path is meant, as it is the one that is imported.
  init(_ target: Target, _ distributions: Table<Distribution>) {
    self.init()
    let platform = WheelPlatform(target)
    var byName: [String: DistributionID] = [:]
    var ids: [DistributionID] = []
    for root in target.roots {
      for id in distributions.ids where distributions[id].root == root {
        ids.append(id)
        if byName[distributions[id].name] == nil { byName[distributions[id].name] = id }
      }
    }
    // Most markers stand in many distributions.
    var decided: [String: [String?]] = [:]
    for id in ids {
      var found: [Requirement] = []
      for requirement in distributions[id].requirements {
        guard let to = byName[requirement.name], to != id || !requirement.extras.isEmpty else {
          continue
        }
        var extras: [String?] = [nil]
        if let marker = requirement.marker {
          extras = decided[marker] ?? Self.extras(of: marker, platform)
          decided[marker] = extras
        }
        found += extras.map { Requirement(to: to, extra: $0, extras: requirement.extras) }
      }
      requirements[id] = found.uniqued()
    }
  }

  /// Under which extras a marker holds: `[nil]` where it always does. One that is malformed keeps what it
  /// stands beside.
  private static func extras(of text: String, _ platform: WheelPlatform) -> [String?] {
    guard let marker = Marker(text, platform) else { return [nil] }
    if marker.holds != false { return [nil] }
    return marker.extras.filter { Marker(text, platform, extra: $0)?.holds == true }
  }
}
