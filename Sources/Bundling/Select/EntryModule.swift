import Model

extension Function {
  /// What the provider imports and then asks for: its entry module where it has one, which has the
  /// handler under the last part of its name.
  var entry: (module: String, attribute: String) {
    guard let entryModule, entryModule != handler.module else {
      return (handler.module, handler.attribute)
    }
    return (entryModule, handler.name)
  }
}

extension Function {
  /// What its deployment has to name: AWS Lambda's `Handler`, Google's `--entry-point`. Nil where the
  /// provider asks for none, or several deployments name one handler each.
  var entryPoint: String? {
    guard furtherHandlers.isEmpty else { return nil }
    return entryPoint(of: handler)
  }

  /// The same for one of several handlers.
  func entryPoint(of handler: Handler) -> String? {
    let entry = serving(handler).entry
    return switch provider {
    case .awsLambda: "\(entry.module).\(entry.attribute)"
    case .googleCloudFunctions: entry.attribute
    case .azureFunctions: nil
    case .generic: "\(entry.module):\(entry.attribute)"
    }
  }
}

extension Handler {
  /// The last part of the attribute: `checkout` of `shop.checkout`.
  package var name: String { String(attribute.split(separator: ".").last ?? "") }
}

/// The source of a module that makes a handler importable from where the provider looks.
///
///     from pictures.resize import run
///
/// Google's framework takes nothing but a plain function (`get_user_function` of functions-framework
/// 3.10.2), so an attribute's attribute gets one around it; Azure's worker looks at every name of the
/// module, so nothing else of the handler's module may be there (`index_function_app` of
/// azure-functions-runtime 1.3.0; both read 2026-11-23).
func entrySource(for handlers: [Handler], provider: Provider) -> String {
  let names = handlers.count == 1 ? "the handler is" : "the handlers are"
  let head = """
    # Made by pare: \(provider.name.rawValue) imports '\(provider.entryModule ?? "")', \(names) elsewhere.

    """
  return head
    + handlers.map { handler in
      let owner = handlers.count == 1 ? "_owner" : "_owner_\(handler.name)"
      return statements(for: handler, owner: owner, provider: provider)
    }.joined()
}

/// - Parameter owner: what the module calls the object that has the handler.
private func statements(for handler: Handler, owner: String, provider: Provider) -> String {
  let parts = handler.attribute.split(separator: ".").map(String.init)
  guard let first = parts.first else { return "" }
  let isIdentifier = handler.module.split(separator: ".").allSatisfy { part in
    !part.utf8.contains(UInt8(ascii: "-"))
  }
  func load(_ name: String, as local: String) -> String {
    if isIdentifier {
      return "from \(handler.module) import \(name)\(name == local ? "" : " as \(local)")\n"
    }
    return """
      from importlib import import_module as _import_module

      \(local) = _import_module("\(handler.module)").\(name)

      """
  }
  guard parts.count > 1 else { return load(first, as: first) }
  let path = ([owner] + parts.dropFirst()).joined(separator: ".")
  switch provider.name {
  case .googleCloudFunctions:
    return load(first, as: owner) + """


      def \(handler.name)(*arguments, **named):
          return \(path)(*arguments, **named)

      """
  case .awsLambda, .azureFunctions, .generic:
    return load(first, as: owner) + "\n\(handler.name) = \(path)\n"
  }
}
