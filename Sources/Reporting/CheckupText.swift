package import Model

/// `pare doctor`, for people.
package func checkupText(_ checkup: Checkup, style: Style = .plain) -> String {
  var lines: [(mark: Mark, text: String)] = []
  let source = checkup.configuration.map { "configured in \($0)" } ?? "without a configuration"
  lines.append((.good, "\(counted(checkup.functions, "function")), \(source)"))
  for interpreter in checkup.interpreters {
    let users = counted(interpreter.functions, "function")
    if let path = interpreter.path {
      lines.append((.good, "\(interpreter.runtime): \(path), for \(users)"))
    } else {
      lines.append(
        (.bad, "\(interpreter.runtime): no interpreter, so 'pare verify' cannot judge \(users)"))
    }
  }
  for environment in checkup.environments { lines += text(of: environment) }
  if !checkup.without.isEmpty {
    lines.append(
      (
        .open,
        "no environment: \(names(checkup.without)); nothing around the code names a distribution"
      ))
  }
  return lines.map { line in
    switch line.mark {
    case .good: style.paint("ok", .green) + "    \(printable(line.text))\n"
    case .open: style.paint("--", .dim) + "    \(printable(line.text))\n"
    case .bad: style.paint("no", .red) + "    \(printable(line.text))\n"
    }
  }.joined()
}

private enum Mark { case good, open, bad }

private func text(of environment: Checkup.Environment) -> [(mark: Mark, text: String)] {
  let what = environment.sources.joined(separator: ", ")
  let target = "\(environment.runtime) on \(environment.architecture.rawValue)"
  let users = "for \(names(environment.functions))"
  var lines: [(mark: Mark, text: String)] = []
  switch environment.state {
  case .present(let count):
    let found = counted(count, "distribution")
    lines.append(
      environment.isComplete
        ? (.good, "\(what): \(found), complete for \(target), \(users)")
        : (.bad, "\(what): \(found), not complete for \(target), \(users)"))
  case .notFetched(let tool?):
    lines.append(
      (.open, "\(what): fetched with \(tool) when packaging for \(target), \(users)"))
  case .notFetched(nil):
    lines.append(
      (.bad, "\(what): neither uv nor pip is there to fetch it for \(target), \(users)"))
  case .unreadable(let why): lines.append((.bad, "\(what): \(why), \(users)"))
  }
  if !environment.missing.isEmpty {
    lines.append(
      (.bad, "  asked for and not there: \(environment.missing.joined(separator: ", "))"))
  }
  for foreign in environment.foreign {
    lines.append((.bad, "  built for another target: \(foreign)"))
  }
  return lines
}

/// The first few, and how many more.
private func names(_ all: [String]) -> String {
  all.count > 4
    ? all.prefix(3).joined(separator: ", ") + " and \(all.count - 3) more"
    : all.joined(separator: ", ")
}
