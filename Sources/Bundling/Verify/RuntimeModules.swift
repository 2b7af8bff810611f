import Files
import Model
import Synchronization
import Zip

// What the provider's runtime has and no archive need have: `import boto3` in a function of AWS Lambda
// that does not require it.

extension VerifyResult {
  /// Whether it failed for lack of a module that the provider's runtime has.
  func lacks(oneOf modules: [String]) -> Bool {
    guard let top = missingModule?.split(separator: ".").first else { return false }
    return modules.contains(String(top))
  }
}

/// Fetches the distributions that a provider's runtime has, their newest versions, and unpacks them:
/// once, into `.pare/runtime`. The absolute path of the folder.
///
/// Which versions a runtime has changes without notice, so none is pinned.
///
/// Throws where they cannot be had, as fetching does.
func runtimeFolder(
  of provider: Provider, for platform: WheelPlatform, project: String, _ progress: Progress
) throws(Failure) -> String {
  let base = "\(project)/.pare/runtime"
  let list = "\(base)/\(provider.name.rawValue).txt"
  do throws(FileError) {
    try FileSystem.createFolder(base)
    try FileSystem.write(Array((provider.provided.joined(separator: "\n") + "\n").utf8), to: list)
  } catch {
    throw Failure(error)
  }
  let wheels = try provision([(list, nil)], for: platform, project: project, progress).folder
  let name = wheels.split(separator: "/").last.map(String.init) ?? "wheels"
  let folder = "\(base)/\(name)"
  if FileSystem.isFolder(folder) { return folder }
  let unfinished = "\(base)/.unpacking-\(System.processID)"
  defer { try? FileSystem.removeTree(unfinished) }
  do throws(FileError) {
    for file in try FileSystem.names(in: wheels) where file.hasSuffix(".whl") {
      // All of them have nothing but modules; those of several never lie in one folder.
      try FileSystem.createFolder("\(unfinished)/\(file)")
      try unpack([WheelFile("\(wheels)/\(file)")], into: "\(unfinished)/\(file)")
    }
    try FileSystem.rename(unfinished, to: folder)
  } catch {
    guard FileSystem.isFolder(folder) else { throw Failure(error) }
  }
  return folder
}

extension Trial {
  /// The folders that the provider's runtime adds to the path, behind all others.
  static func runtimePath(_ folder: String?) -> [String] {
    guard let folder else { return [] }
    return ((try? FileSystem.names(in: folder)) ?? []).map { name in
      FileSystem.realPath("\(folder)/\(name)") ?? "\(folder)/\(name)"
    }
  }
}

/// The folders of `runtimeFolder`, each made once, whoever asks for it.
final class RuntimeFolders: Sendable {
  private let project: String
  private let progress: Progress
  private let made = Mutex<[WheelPlatform: Result<String, Failure>]>([:])

  init(project: String, _ progress: Progress) {
    self.project = project
    self.progress = progress
  }

  /// With what the runtime has on its path; where that cannot be had, the first result with the reason.
  func judge(again trial: inout Trial, _ first: VerifyResult) throws(FileError) -> VerifyResult {
    switch folder(for: trial) {
    case .success(let folder):
      trial.runtimeFolder = folder
      return try trial.run()
    case .failure(let failure):
      return first.noting(
        .runtimeNotHad(
          first.missingModule ?? "", trial.function.provider,
          failure.diagnostics.first?.message ?? ""))
    }
  }

  func folder(for trial: Trial) -> Result<String, Failure> {
    let target = trial.workspace.targets[trial.function.target]
    let provider = Providers.provider(trial.function.provider)
    return made.withLock { made in
      let platform = WheelPlatform(target)
      if let known = made[platform] { return known }
      let outcome = Result { () throws(Failure) in
        try runtimeFolder(of: provider, for: platform, project: project, progress)
      }
      made[platform] = outcome
      return outcome
    }
  }
}
