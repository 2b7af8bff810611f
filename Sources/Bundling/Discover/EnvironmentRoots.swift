import Files
import Model

// What a function's environment is, with its wheels fetched where nothing is installed.

extension Discovery {
  /// What is fetched together.
  struct ProvisionKey: Hashable {
    let files: [String]
    let platform: WheelPlatform
  }

  mutating func environmentRoots(
    _ choice: Environments.Choice, _ platform: WheelPlatform, _ progress: Progress
  ) throws(Stopped) -> [RootKey] {
    switch choice {
    case .none: return []
    case .folders(let folders, let locations):
      var keys: [RootKey] = []
      for (folder, location) in zip(folders, locations) {
        do throws(FileError) {
          keys += try environments.roots(of: folder, for: platform, at: location) ?? []
        } catch {
          throw .file(error)
        }
      }
      return keys
    case .provision(let files, let locations):
      let key = ProvisionKey(files: files, platform: platform)
      let outcome =
        fetched[key]
        ?? Result { () throws(Failure) in
          try provision(
            Array(zip(files, locations)), for: platform, project: configuration.project, progress)
        }
      fetched[key] = outcome
      switch outcome {
      case .success(let provisioned):
        diagnostics += provisioned.diagnostics
        return [.wheels(provisioned.folder, platform)]
      case .failure(let failure): throw .failure(failure)
      }
    }
  }
}
