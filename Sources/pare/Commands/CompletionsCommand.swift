import Bundling
import Model

extension Command {
  static let completions = Command(
    "completions", "Print what a shell completes",
    discussion: [
      "Commands, options and their choices, and the names of the project's functions. For bash: put "
        + "'source <(pare completions bash)' into '~/.bashrc'; for zsh into a file '_pare' on 'fpath', for "
        + "fish into '~/.config/fish/completions/pare.fish'."
    ],
    operands: Operands("SHELL", 1, 1, choices: Completions.shells), options: [],
    examples: [
      Example("pare completions bash", "for bash"),
      Example("pare completions zsh > _pare", "for zsh"),
    ],
    run: { invocation, console throws(Failure) in
      console.send(Completions.text(for: invocation.operands[0], Command.all))
      return .success
    })
}
