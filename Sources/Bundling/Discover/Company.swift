import Model

extension Discovery {
  /// Functions that were not asked for and matter to one that was: they share a target's environment
  /// with it, so what they declare counts, or a layer.
  func company(
    of functions: [DeclaredFunction], _ choices: [String: Environments.Choice],
    _ layers: [DeclaredLayer]
  ) -> [DeclaredFunction] {
    guard functions.count < declared.count else { return [] }
    struct Shared: Hashable {
      let paths: [String]
      let platform: WheelPlatform
    }
    func shared(_ function: DeclaredFunction) -> Shared {
      Shared(paths: choices[function.name]?.paths ?? [], platform: platform(of: function.layer))
    }
    let wanted = Set(functions.map(\.name))
    let environments = Set(functions.map(shared)).filter { !$0.paths.isEmpty }
    let mates = Set(layerCompany(of: functions, layers).map(\.name))
    return declared.filter { function in
      !wanted.contains(function.name)
        && (environments.contains(shared(function)) || mates.contains(function.name))
    }
  }

  func platform(of layer: Configuration.Layer) -> WheelPlatform {
    WheelPlatform(
      runtime: layer.runtime?.value
        ?? Providers.defaultRuntime(of: languages.first?.name ?? ""),
      architecture: layer.architecture?.value ?? .x86_64)
  }
}
