/// What shells complete, made from the table of commands.
package enum Completions {
  package static let shells = ["bash", "zsh", "fish"]

  package static func text(for shell: String, _ commands: [Command]) -> String {
    switch shell {
    case "bash": bash(commands)
    case "zsh": zsh(commands)
    default: fish(commands)
    }
  }

  /// Prints the names of the project's functions: the first column of a table.
  private static let functions = "pare list --quiet 2>/dev/null | awk 'NR > 1 { print $1 }'"

  private static func takesFunctions(_ command: Command) -> Bool {
    command.operands.placeholder.contains("FUNCTION")
  }

  private static func takesPath(_ option: Option) -> Bool {
    ["DIR", "FILE", "PATH", "REPORT", "MANIFEST"].contains(option.placeholder)
  }

  private static func choices(_ option: Option) -> [String] {
    if case .choice(let choices) = option.value { choices } else { [] }
  }

  // MARK: bash

  private static func bash(_ commands: [Command]) -> String {
    var text = """
      _pare() {
        local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=
        COMPREPLY=()
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "\(commands.map(\.name).joined(separator: " ")) --help --version" -- "$word"))
          return
        fi
        case "${COMP_WORDS[1]} $before" in

      """
    for command in commands {
      for option in command.options where option.takesValue {
        let names = ["--" + option.name] + (option.short.map { ["-\($0)"] } ?? [])
        let pattern = names.map { "'\(command.name) \($0)'" }.joined(separator: " | ")
        let words =
          takesPath(option)
          ? "-f" : "-W \"\(choices(option).joined(separator: " "))\""
        text += "    \(pattern)) COMPREPLY=($(compgen \(words) -- \"$word\")); return ;;\n"
      }
    }
    text += "  esac\n  case ${COMP_WORDS[1]} in\n"
    for command in commands {
      let options = (command.options + [.help]).map { "--" + $0.name }.joined(separator: " ")
      var words = (command.operands.choices + [options]).joined(separator: " ")
      if takesFunctions(command) { words += " $(\(functions))" }
      text += "    \(command.name)) words=\"\(words)\" ;;\n"
    }
    return text + """
        esac
        COMPREPLY=($(compgen -W "$words" -- "$word"))
      }
      complete -o default -F _pare pare

      """
  }

  // MARK: zsh

  private static func zsh(_ commands: [Command]) -> String {
    var text = """
      #compdef pare

      _pare_functions() { compadd -- $(\(functions)) }

      _pare() {
        if (( CURRENT == 2 )); then
          local -a commands=(

      """
    for command in commands {
      text += "      \(quoted("\(command.name):\(command.summary)"))\n"
    }
    text += "    )\n    _describe command commands\n    return\n  fi\n  case $words[2] in\n"
    for command in commands {
      text += "    \(command.name))\n      shift words; (( CURRENT-- ))\n      _arguments"
      for option in command.options + [.help] {
        // In `[…]` a bracket would end the text.
        let help = option.help.replacing("[", with: "(").replacing("]", with: ")")
        var value = ""
        if option.takesValue {
          let name = option.placeholder.replacing(":", with: " ")
          let action =
            takesPath(option) ? "_files" : "(\(choices(option).joined(separator: " ")))"
          value = ":\(name):\(choices(option).isEmpty && !takesPath(option) ? " " : action)"
        }
        let star = option.isRepeatable ? "*" : ""
        text += " \\\n        \(quoted("\(star)--\(option.name)[\(help)]\(value)"))"
      }
      if !command.operands.choices.isEmpty {
        text += " \\\n        \(quoted("1: :(\(command.operands.choices.joined(separator: " ")))"))"
      }
      let rest = takesFunctions(command) ? "*: :_pare_functions" : "*: :_files"
      text += " \\\n        \(quoted(rest))\n      ;;\n"
    }
    return text + "  esac\n}\n\n_pare \"$@\"\n"
  }

  // MARK: fish

  private static func fish(_ commands: [Command]) -> String {
    var text = "complete -c pare -f\n"
    for command in commands {
      text +=
        "complete -c pare -n __fish_use_subcommand -a \(command.name) -d \(quoted(command.summary))\n"
    }
    for command in commands {
      let condition = "complete -c pare -n '__fish_seen_subcommand_from \(command.name)'"
      for option in command.options + [.help] {
        var line = "\(condition) -l \(option.name)"
        if let short = option.short { line += " -s \(short)" }
        if option.takesValue { line += takesPath(option) ? " -r -F" : " -x" }
        let choices = choices(option)
        if !choices.isEmpty { line += " -a \(quoted(choices.joined(separator: " ")))" }
        text += line + " -d \(quoted(option.help))\n"
      }
      if takesFunctions(command) {
        text += "\(condition) -a \(quoted("(\(functions))"))\n"
      } else if !command.operands.choices.isEmpty {
        text += "\(condition) -a \(quoted(command.operands.choices.joined(separator: " ")))\n"
      }
    }
    return text
  }

  /// In single quotes, as all three take it.
  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
