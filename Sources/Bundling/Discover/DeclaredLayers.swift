import Model
import Text

/// A layer that functions attach, as far as the configuration alone says it.
struct DeclaredLayer: Sendable {
  let table: Configuration.LayerTable
  let runtime: Runtime
  let architecture: Architecture
  /// Names, sorted.
  let attached: [String]

  var members: Set<String> { Set(attached + table.functions.map(\.value)) }

  var named: [Layer.NamedDistribution] {
    table.distributions.compactMap { written in
      RequirementLine(written.value).map {
        Layer.NamedDistribution(name: normalisedName($0.name), origin: written.location)
      }
    }
  }
}

extension Discovery {
  /// The layers that functions attach, in the order of their names. What is wrong with those of
  /// one function alone is said all the same: another one would find what it was not packaged for.
  mutating func declaredLayers(_ mistakes: inout [Diagnostic]) -> [DeclaredLayer] {
    let tables = configuration.layers
    let names = tables.map(\.name)
    for table in tables {
      if let function = declared.first(where: { $0.name == table.name }) {
        mistakes.append(
          .layerNamedAsFunction(table.name, at: table.origin, function: function.origin))
      }
      let functions = declared.map(\.name)
      for written in table.functions where !functions.contains(written.value) {
        mistakes.append(
          .layerOfUnknownFunction(
            written.value, layer: table.name,
            nearest: nearestMatch(to: written.value, among: functions), at: written.location))
      }
    }
    for function in declared {
      let attached = function.layer.layers ?? []
      for written in attached where !names.contains(written.value) {
        mistakes.append(
          .unknownLayer(
            written.value, function: function.name,
            nearest: nearestMatch(to: written.value, among: names), known: names,
            at: written.location))
      }
      let provider = function.layer.provider?.value ?? .awsLambda
      let most = Providers.mostLayers(of: provider)
      if attached.count > most {
        mistakes.append(
          .tooManyLayers(
            function.name, count: attached.count, most: most, provider,
            at: attached[most].location))
      }
    }
    return tables.compactMap { layer($0, &mistakes) }
      .sorted { $0.table.name.utf8.lexicographicallyPrecedes($1.table.name.utf8) }
  }

  /// Nil for one that nobody attaches.
  private mutating func layer(
    _ table: Configuration.LayerTable, _ mistakes: inout [Diagnostic]
  ) -> DeclaredLayer? {
    let users = declared.compactMap { function in
      function.layer.layers?.first { $0.value == table.name }.map { (function, $0.location) }
    }
    guard let first = users.first else {
      diagnostics.append(.layerNotAttached(table.name, at: table.origin))
      return nil
    }
    let runtime = table.runtime?.value ?? self.runtime(of: first.0.layer)
    let architecture =
      table.architecture?.value ?? first.0.layer.architecture?.value ?? .x86_64
    for (function, location) in users {
      let own = self.runtime(of: function.layer)
      if own != runtime {
        mistakes.append(
          .layerOfAnother(
            "\(runtime)", table, first: table.runtime == nil ? first.0 : nil,
            function: function.name,
            has: "\(own)", at: location))
      }
      let processor = function.layer.architecture?.value ?? .x86_64
      if processor != architecture {
        mistakes.append(
          .layerOfAnother(
            architecture.rawValue, table, first: table.architecture == nil ? first.0 : nil,
            function: function.name, has: processor.rawValue, at: location))
      }
    }
    return DeclaredLayer(
      table: table, runtime: runtime, architecture: architecture,
      attached: users.map(\.0.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  private func runtime(of layer: Configuration.Layer) -> Runtime {
    layer.runtime?.value ?? Providers.defaultRuntime(of: languages.first?.name ?? "")
  }

  /// What layers name and no function that attaches them has on its path.
  func distributionsNotInstalled(
    for layers: [DeclaredLayer], _ placed: [Placed], wanted: Set<String>
  ) -> [Diagnostic] {
    layers.flatMap { layer -> [Diagnostic] in
      let users = placed.filter { layer.attached.contains($0.declared.name) }
      guard users.contains(where: { wanted.contains($0.declared.name) }) else { return [] }
      let known = Set(
        users.flatMap(\.path).uniqued().flatMap { found[$0]?.distributions.map(\.name) ?? [] })
      return layer.named.filter { !known.contains($0.name) }.map {
        .layerNotInstalled(
          $0.name, layer: layer.table.name,
          nearest: nearestMatch(to: $0.name, among: known.sorted()),
          at: $0.origin)
      }
    }
  }

  /// Functions that decide what is in a layer that one of `functions` attaches.
  func layerCompany(
    of functions: [DeclaredFunction], _ layers: [DeclaredLayer]
  ) -> [DeclaredFunction] {
    let wanted = Set(functions.map(\.name))
    let members = layers.filter { !wanted.isDisjoint(with: $0.attached) }
      .reduce(into: Set<String>()) { $0.formUnion($1.members) }
    return declared.filter { members.contains($0.name) && !wanted.contains($0.name) }
  }

  /// - Parameter placed: in the order of function ids.
  func assembled(
    _ layers: [DeclaredLayer], _ placed: [Placed], current: String
  ) -> Table<Layer> {
    let ids = Dictionary(
      uniqueKeysWithValues: placed.enumerated().map {
        ($0.element.declared.name, FunctionID($0.offset))
      })
    let folder = output(of: configuration.defaults, current: current)
    return Table(
      layers.map { layer in
        Layer(
          name: layer.table.name, origin: layer.table.origin,
          archive: "\(folder)/\(layer.table.name).zip", runtime: layer.runtime,
          architecture: layer.architecture, strip: configuration.defaults.strip ?? .off,
          isWhole: layer.table.isWhole, distributions: layer.named,
          sharedBy: layer.table.functions.compactMap { ids[$0.value] }.uniqued(),
          attached: layer.attached.compactMap { ids[$0] },
          absent: layer.members.filter { ids[$0] == nil }.sorted())
      })
  }
}
