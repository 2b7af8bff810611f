import Model
import Text

/// One handler of a function, to be called.
struct Call {
  let function: FunctionID
  let handler: Handler
  /// Position among the function's handlers.
  let position: Int
}

extension Workspace {
  /// The handlers that are meant: all of each function, or with `VerifyOptions.handler` those that it
  /// names.
  ///
  /// Throws `.usage` where no function has that handler, and where an event is given that could be for
  /// several handlers of one function.
  func calls(
    of functions: [FunctionID], _ options: VerifyOptions
  ) throws(Failure) -> [Call] {
    let all = functions.flatMap { id in
      self.functions[id].handlers.enumerated().map { position, handler in
        Call(function: id, handler: handler, position: position)
      }
    }
    guard let wanted = options.handler else {
      if options.event != nil { try refuseSeveral(functions) { .eventForWhichHandler($0) } }
      return all
    }
    let chosen = all.filter { call in
      self.functions[call.function].names(of: call.handler).contains(wanted)
    }
    guard !chosen.isEmpty else {
      let known = all.map(\.handler.written)
      throw Failure(
        .usage, [.unknownHandler(wanted, nearest: nearestMatch(to: wanted, among: known), known)])
    }
    return chosen
  }

  /// Throws `.usage` where one of these functions has several handlers.
  func refuseSeveral(
    _ functions: [FunctionID], _ diagnostic: (Function) -> Diagnostic
  ) throws(Failure) {
    let several = functions.map { self.functions[$0] }.filter { !$0.furtherHandlers.isEmpty }
    guard several.isEmpty else { throw Failure(.usage, several.map(diagnostic)) }
  }
}

extension Function {
  /// What a handler may be called by.
  fileprivate func names(of handler: Handler) -> [String] {
    [
      handler.written, "\(handler.module).\(handler.attribute)",
      "\(handler.module):\(handler.attribute)",
    ] + [entryPoint(of: handler)].compactMap(\.self)
  }
}
