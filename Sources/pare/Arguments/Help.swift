/// The texts of `--help`, made from the table of commands.
package func helpText(for command: Command, width: Int) -> String {
  var usage = "pare \(command.name)"
  if !command.operands.placeholder.isEmpty { usage += " \(command.operands.placeholder)" }
  usage += " [OPTIONS]"
  var text = "\(command.summary)\n\nUsage: \(usage)\n"
  for paragraph in command.discussion {
    text += "\n" + wrapped(paragraph, width: width) + "\n"
  }
  text += "\nOptions:\n" + optionList(command.options + [.help], width: width)
  text += "\nExamples:\n"
  let column = (command.examples.map(\.line.count).max() ?? 0) + 2
  for example in command.examples {
    let gap = String(repeating: " ", count: column - example.line.count)
    if 2 + column + example.meaning.count <= width {
      text += "  \(example.line)\(gap)\(example.meaning)\n"
    } else {
      text += "  \(example.line)\n      \(example.meaning)\n"
    }
  }
  return text
}

package func helpText(for commands: [Command], width: Int) -> String {
  var text = """
    Packages each serverless function of a monorepo into a minimal, reproducible zip.

    Usage: pare COMMAND [ARGUMENTS] [OPTIONS]

    Commands:

    """
  let column = (commands.map(\.name.count).max() ?? 0) + 2
  for command in commands {
    let gap = String(repeating: " ", count: column - command.name.count)
    text += "  \(command.name)\(gap)"
    text += wrapped(command.summary, width: width, indent: column + 2, hanging: true) + "\n"
  }
  text += "\nOptions:\n" + optionList([.project, .help, .version], width: width)
  text += "\nExamples:\n"
  let examples = commands.compactMap(\.examples.first)
  let longest = (examples.map(\.line.count).max() ?? 0) + 2
  for example in examples {
    let gap = String(repeating: " ", count: longest - example.line.count)
    text += "  \(example.line)\(gap)\(example.meaning)\n"
  }
  text += """

    'pare COMMAND --help' says more about each.
    Exit codes: 0 fine; 1 a check failed; 2 the command line or the configuration is wrong;
    3 the system said no; 130 interrupted.

    """
  return text
}

private func optionList(_ options: [Option], width: Int) -> String {
  let heads = options.map { option in
    let short = option.short.map { "-\($0), " } ?? "    "
    return short + "--" + option.name
      + (option.takesValue ? " \(option.placeholder)" : "")
  }
  let column = min((heads.map(\.count).max() ?? 0) + 2, 30)
  var text = ""
  for (option, head) in zip(options, heads) {
    let fits = head.count + 2 <= column
    text += "  " + head
    text += fits ? String(repeating: " ", count: column - head.count) : "\n"
    let body = wrapped(option.help, width: width, indent: column + 2, hanging: fits)
    text += body + "\n"
  }
  return text
}

/// Words on lines of at most `width` columns; a first line that `hangs` follows other text.
private func wrapped(
  _ paragraph: String, width: Int, indent: Int = 0, hanging: Bool = false
) -> String {
  let margin = String(repeating: " ", count: indent)
  let room = max(width - indent, 24)
  var lines: [String] = []
  var line = ""
  for word in paragraph.split(separator: " ") {
    if !line.isEmpty, line.count + 1 + word.count > room {
      lines.append(line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  lines.append(line)
  return (hanging ? "" : margin) + lines.joined(separator: "\n" + margin)
}
