import Model
import Reporting

/// What the command line itself has to say; everything else is said by the stages.
extension Diagnostic {
  static func unknownCommand(_ name: String, excerpt: Excerpt, nearest: String?) -> Diagnostic {
    Diagnostic(
      .error, "unknown-command", "there is no command '\(name)'",
      notes: meant(nearest) + [.hint("'pare --help' lists the commands")], excerpt: excerpt)
  }

  static func missingCommand(excerpt: Excerpt) -> Diagnostic {
    Diagnostic(
      .error, "missing-command", "no command is given",
      notes: [.hint("'pare package' packages; 'pare --help' lists all commands")], excerpt: excerpt)
  }

  static func unknownOption(
    _ spelled: String, command: String?, excerpt: Excerpt, nearest: String?
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-option", "there is no option '\(spelled)'",
      notes: meant(nearest) + [helpHint(command)], excerpt: excerpt)
  }

  static func optionDoesNotApply(
    _ spelled: String, command: String, excerpt: Excerpt, commands: [String]
  ) -> Diagnostic {
    Diagnostic(
      .error, "option-does-not-apply", "'pare \(command)' has no option '\(spelled)'",
      notes: [
        Note("it belongs to \(commands.map { "'pare \($0)'" }.joined(separator: ", "))"),
        helpHint(command),
      ], excerpt: excerpt)
  }

  static func missingValue(_ spelled: String, _ placeholder: String, excerpt: Excerpt) -> Diagnostic
  {
    Diagnostic(
      .error, "missing-value", "'\(spelled)' needs a value: \(placeholder)", excerpt: excerpt)
  }

  static func unwantedValue(_ spelled: String, excerpt: Excerpt) -> Diagnostic {
    Diagnostic(.error, "unwanted-value", "'\(spelled)' takes no value", excerpt: excerpt)
  }

  static func notACount(_ spelled: String, _ text: String, excerpt: Excerpt) -> Diagnostic {
    Diagnostic(
      .error, "not-a-count", "'\(spelled)' needs a whole number of at least 1, not '\(text)'",
      excerpt: excerpt)
  }

  static func unknownChoice(
    _ spelled: String, _ text: String, _ choices: [String], excerpt: Excerpt, nearest: String?
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-choice",
      "'\(spelled)' takes \(choices.map { "'\($0)'" }.joined(separator: " or ")), not '\(text)'",
      notes: meant(nearest), excerpt: excerpt)
  }

  static func noSuchVariable(_ text: String) -> Diagnostic {
    Diagnostic(
      .error, "no-such-variable", "'--env \(text)': no variable of that name is set",
      notes: [.hint("write '--env NAME=VALUE'")])
  }

  static func missingOperand(
    command: String, _ placeholder: String, excerpt: Excerpt
  ) -> Diagnostic {
    Diagnostic(
      .error, "missing-argument", "'pare \(command)' needs \(placeholder)",
      notes: [helpHint(command)], excerpt: excerpt)
  }

  static func unexpectedOperand(
    _ text: String, command: String, _ placeholder: String, excerpt: Excerpt
  ) -> Diagnostic {
    let takes = placeholder.isEmpty ? "no arguments" : "only \(placeholder)"
    return Diagnostic(
      .error, "unexpected-argument", "'pare \(command)' takes \(takes); '\(text)' is one too many",
      notes: [helpHint(command)], excerpt: excerpt)
  }

  static func unknownFunction(
    _ name: String, excerpt: Excerpt, nearest: String?, known: [String]
  ) -> Diagnostic {
    Diagnostic(
      .error, "unknown-function", "there is no function '\(name)'",
      notes: meant(nearest)
        + [
          known.isEmpty
            ? .hint("the configuration declares no function")
            : .hint("'pare list' shows the \(known.count) there are")
        ], excerpt: excerpt)
  }

  static func nothingInstalled() -> Diagnostic {
    Diagnostic(
      .warning, "nothing-installed",
      "the project has no environment, so no distribution can be shipped",
      notes: [
        .hint(
          "create a '.venv', name a folder with 'environment' or '--environment', or put a "
            + "'requirements.txt' or a lock file beside the configuration")
      ])
  }

  static func noSuchPath(_ path: String, excerpt: Excerpt? = nil) -> Diagnostic {
    Diagnostic(
      .error, "no-such-path", "there is neither a file nor a folder '\(path)'", excerpt: excerpt)
  }

  /// - Parameter problem: what is wrong with the report that was there.
  static func nothingKept(_ problem: Diagnostic) -> Diagnostic {
    Diagnostic(
      .warning, problem.code, problem.message, at: problem.location,
      notes: [
        Note("a new one takes its place, without what it said of other functions"),
        .hint("'pare package' without names reports on all of them"),
      ])
  }

  static func nothingInCommon(_ base: String, _ head: String) -> Diagnostic {
    Diagnostic(
      .error, "nothing-in-common", "'\(base)' and '\(head)' have no function in common",
      notes: [.hint("both have to be reports of the same project")])
  }

  static func againstAlone() -> Diagnostic {
    Diagnostic(
      .error, "against-alone", "'--against' says nothing without '--changed-only'",
      notes: [.hint("'pare check --against REPORT' shows what changed since a report")])
  }

  static func sinceMissing() -> Diagnostic {
    Diagnostic(
      .error, "missing-value", "'pare affected' needs '--since REV'",
      notes: [.hint("'--since origin/main' is what a pull request changes")])
  }

  static func badGrowth(_ written: String) -> Diagnostic {
    Diagnostic(
      .error, "bad-growth", "'--max-growth \(written)' is neither a share nor a size",
      notes: [.hint("write '--max-growth \"5 %\"' or '--max-growth \"1 MB\"'")])
  }

  static var oneFunctionOrProfile: Diagnostic {
    Diagnostic(
      .error, "one-function", "'pare profile' takes one function, or one '--profile FILE'",
      notes: [.hint("'pare list' shows the functions of this project")])
  }

  static func profileOfNoRow(_ profile: String, _ function: String, _ report: String) -> Diagnostic
  {
    Diagnostic(
      .error, "profile-without-function",
      "'\(profile)' is a profile of '\(function)', which '\(report)' does not have",
      notes: [.hint("give a profile of one of the report's functions")])
  }

  static func profileOfAnotherArchive(
    _ profile: String, _ function: String, _ report: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "profile-of-another-archive",
      "'\(profile)' is of another archive of '\(function)' than '\(report)'",
      notes: [
        .hint("run 'pare profile \(function) --format json' on the archive that the report is of")
      ])
  }

  static func oneOrAllFunctions(of command: String) -> Diagnostic {
    Diagnostic(
      .error, "missing-argument", "'pare \(command)' needs one function, or '--all-functions'",
      notes: [.hint("'pare list' shows the functions there are")])
  }

  static func formatNeedsFunction(_ format: String) -> Diagnostic {
    Diagnostic(
      .error, "missing-argument", "'--format \(format)' and '--depth' are of a function's graph",
      notes: [.hint("write 'pare graph FUNCTION --format \(format)'")])
  }

  static func functionMissing() -> Diagnostic {
    Diagnostic(
      .error, "missing-argument", "a function or a target is missing",
      notes: [.hint("write 'pare why FUNCTION TARGET', or 'pare why --all-functions TARGET'")])
  }

  static func functionTooMuch(_ invocation: Invocation) -> Diagnostic {
    Diagnostic(
      .error, "unexpected-argument", "'--all-functions' takes only a target",
      notes: [.hint("leave '\(invocation.operands[0])' out")],
      excerpt: invocation.excerpt(ofOperand: 0))
  }

  static func tooLittleMemory(_ bound: Int, least: Int) -> Diagnostic {
    Diagnostic(
      .error, "too-little-memory",
      "the process may take \(grouped(bound)) bytes of memory, and needs at least \(grouped(least))",
      notes: [.hint("raise the bound with 'ulimit -v'")])
  }

  static func noHome() -> Diagnostic {
    Diagnostic(
      .error, "no-home", "there is no home folder to keep a cache in",
      notes: [.hint("name one with '--cache-dir', or set 'HOME'")])
  }

  private static func meant(_ nearest: String?) -> [Note] {
    nearest.map { [.hint("did you mean '\($0)'?")] } ?? []
  }

  private static func helpHint(_ command: String?) -> Note {
    .hint("'pare \(command.map { "\($0) " } ?? "")--help' shows what there is")
  }
}
