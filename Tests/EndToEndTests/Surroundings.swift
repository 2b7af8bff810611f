import Files
import TestKit

/// Whether a command may be run as another user.
let canBeSomebodyElse: Bool =
  (try? asSomebodyElse("id -u", in: "/"))?.output == "65534\n"

/// As the user `nobody`, who owns nothing here.
func asSomebodyElse(_ script: String, in folder: String) throws -> Tool.Answer {
  try shell(
    "exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c '\(script)'", in: folder)
}

/// Whether a disk may be mounted that only the program itself sees.
let canMount: Bool = {
  guard let folder = try? Folder() else { return false }
  return (try? inMounts("mount -t tmpfs -o size=64k none .", in: folder.path))?.exitCode == 0
}()

/// With mounts of its own, which go with it.
func inMounts(_ script: String, in folder: String) throws -> Tool.Answer {
  try shell("exec unshare -m sh -c '\(script)'", in: folder)
}

func shell(_ script: String, in folder: String) throws -> Tool.Answer {
  let outcome = try Program(path: "/bin/sh").run(["-c", script], folder: folder, timeout: 120)
  guard case .exit(let code) = outcome.end else {
    throw ToolEnded(how: "\(outcome.end)", errors: outcome.errorText)
  }
  return Tool.Answer(exitCode: code, output: outcome.outputText, errors: outcome.errorText)
}
