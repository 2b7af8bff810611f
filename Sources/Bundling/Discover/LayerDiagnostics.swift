import Model

// Every sentence about layers.

extension Diagnostic {
  static func unknownLayer(
    _ name: String, function: String, nearest: String?, known: [String],
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-layer", "'\(function)' attaches layer '\(name)', which is not there",
      at: location,
      notes: [
        .hint(
          nearest.map { "did you mean '\($0)'?" }
            ?? (known.isEmpty
              ? "a table [layers.\(name)] says what is in it" : "there are \(list(known))"))
      ], function: function)
  }

  static func layerNamedAsFunction(
    _ name: String, at location: SourceLocation, function: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "layer-named-as-function", "a layer and a function are named '\(name)'",
      at: location,
      notes: [
        Note("the function", at: function),
        .hint("both would be '\(name).zip': give one of them another name"),
      ])
  }

  static func layerOfUnknownFunction(
    _ name: String, layer: String, nearest: String?, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-function", "layer '\(layer)' names function '\(name)', which is not there",
      at: location,
      notes: [
        .hint(nearest.map { "did you mean '\($0)'?" } ?? "'pare list' shows those that there are")
      ])
  }

  static func tooManyLayers(
    _ function: String, count: Int, most: Int, _ provider: Provider.Name,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, most == 0 ? "no-layers-there" : "too-many-layers",
      most == 0
        ? "'\(function)' is for \(provider.rawValue), which has no layers"
        : "'\(function)' attaches \(count) layers, and \(provider.rawValue) takes \(most)",
      at: location,
      notes: [
        .hint(
          most == 0 ? "take 'layers' out of the function's table" : "put several of them into one")
      ], function: function)
  }

  /// - Parameter first: whose attachment says what the layer is for; nil where its table does.
  static func layerOfAnother(
    _ wanted: String, _ table: Configuration.LayerTable, first: DeclaredFunction?,
    function: String, has: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "layer-of-another-target",
      "'\(function)' is for \(has), and layer '\(table.name)' for \(wanted)", at: location,
      notes: [
        first.map { Note("because '\($0.name)' is, which attaches it", at: $0.origin) }
          ?? Note("its table says so", at: table.origin),
        .hint("make a layer of its own for \(has)"),
      ], function: function)
  }

  static func layerNotAttached(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "layer-not-attached", "no function attaches layer '\(name)', so it is not made",
      at: location,
      notes: [.hint("'layers = [\"\(name)\"]' below [functions.NAME] attaches it")])
  }

  static func layerNotInstalled(
    _ name: String, layer: String, nearest: String?, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "layer-not-installed",
      "layer '\(layer)' names '\(name)', and no function that attaches it has that in its environment",
      at: location,
      notes: [
        .hint(
          nearest.map { "did you mean '\($0)'?" }
            ?? "install it, or take it out of 'distributions'")
      ])
  }

  // MARK: What comes of it

  static func layerIncomplete(_ layer: Layer, absent: [String]) -> Diagnostic {
    Diagnostic(
      .error, "layer-incomplete",
      "layer '\(layer.name)' and what attaches it stay as they are: \(list(absent)) cannot be packaged",
      at: layer.origin,
      notes: [
        .hint("what it has depends on all functions that attach it; mend that one, or detach it")
      ])
  }

  static func layerWithoutUse(
    _ name: String, _ layer: Layer, at location: SourceLocation
  )
    -> Diagnostic
  {
    Diagnostic(
      .warning, "layer-without-use",
      "no function that attaches layer '\(layer.name)' needs '\(name)', so that is not in it",
      at: location,
      notes: [
        .hint(
          "take it out of 'distributions'; with 'prune = \"distributions\"' it is there all the same"
        )
      ])
  }

  static func layerSharesNothing(_ layer: Layer) -> Diagnostic {
    Diagnostic(
      .error, "empty-layer", "nothing is in layer '\(layer.name)'", at: layer.origin,
      notes: [
        .hint(
          "name distributions that the functions which attach it need, or functions that have some in "
            + "common")
      ])
  }

  /// - Parameter isOther: whether it is another version, not other content.
  static func layerHasAnother(
    _ own: Distribution, than other: Distribution, isOther: Bool, _ layer: Layer, function: Function
  ) -> Diagnostic {
    let has = isOther ? "\(other.displayName) \(other.version)" : "other files of it"
    return Diagnostic(
      .warning, "layer-has-another-version",
      "'\(function.name)' ships \(own.displayName) \(own.version) of its own: layer '\(layer.name)' has "
        + has, at: layer.origin,
      notes: [.hint("install the same version for all functions that attach the layer")],
      function: function.name)
  }

  static func layerSplitsPackage(
    _ child: String, _ parent: String, isNative: Bool, inLayer: Distribution, layer: Layer,
    _ function: Function
  ) -> Diagnostic {
    Diagnostic(
      .warning, "layer-splits-package",
      isNative
        ? "'\(child)' is linked against '\(parent)', and only one of them is in layer '\(layer.name)'"
        : "'\(child)' lies in package '\(parent)', and only one of them is in layer '\(layer.name)'",
      at: layer.origin,
      notes: [
        .hint(
          "put what both are of into the layer, or take \(inLayer.displayName) out of it; 'pare verify "
            + "\(function.name)' says whether it runs")
      ], function: function.name)
  }
}
