import Model

extension Discovery {
  /// Functions that were not asked for and share a target's environment with one that was: what they
  /// declare may matter to it.
  func company(
    of functions: [DeclaredFunction], _ choices: [String: Environments.Choice]
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
    return declared.filter { !wanted.contains($0.name) && environments.contains(shared($0)) }
  }

  func platform(of layer: Configuration.Layer) -> WheelPlatform {
    WheelPlatform(
      runtime: layer.runtime?.value
        ?? Providers.defaultRuntime(of: languages.first?.name ?? ""),
      architecture: layer.architecture?.value ?? .x86_64)
  }
}
