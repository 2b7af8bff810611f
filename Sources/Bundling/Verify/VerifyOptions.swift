package import Files
package import Model
import Text

/// How `pare verify` judges archives.
package struct VerifyOptions: Sendable {
  /// The interpreter to use, instead of one that is found.
  package var python: String?
  /// Each handler is called with it.
  package var event: Event?
  /// Of functions with several handlers the one that is meant, as it is written or as the provider is
  /// told it; nil for all.
  package var handler: String?
  /// In seconds, for import and call together.
  package var timeout: Double = 60
  /// Address space that the interpreter may take, in bytes. Native libraries reserve far more than
  /// they use, so this is no measure of what a function needs; it stops what never ends.
  package var memory: Int = 8 << 30
  /// `NAME=value`, in addition to what the provider sets.
  package var variables: [String] = []
  package var jobs: Int = 1
  /// Whether handlers may use the network where that could be kept from them.
  package var hasNetwork: Bool = false
  /// Whether each handler also runs in its whole environment, and both runs are compared.
  package var comparesEnvironment: Bool = false
  /// What the scan finds without recorded settings, by function.
  package var statics: [String: StaticFindings] = [:]
  /// Whether archives that have passed already are judged again.
  package var again: Bool = false
  /// What is not done with an archive that cannot be run: "verified".
  var deed = "verified"

  package init() {}

  /// A JSON document that a handler is called with.
  package struct Event: Sendable {
    /// As the user wrote it.
    package let path: String
    package let bytes: [UInt8]

    /// Throws `.usage` where it cannot be read or is no JSON.
    package init(_ path: String) throws(Failure) {
      do throws(FileError) {
        bytes = try FileSystem.read(path)
      } catch {
        throw Failure(.usage, [.unreadableEvent(error)])
      }
      do throws(MalformedText) {
        _ = try JSON.read(bytes, path: path)
      } catch {
        throw Failure(.usage, [error.diagnostic])
      }
      self.path = path
    }
  }
}

/// What became of one archive.
package struct VerifyResult: Sendable {
  package let function: String
  /// As the user wrote it, where the function has several; nil where it has one.
  package var handler: String?
  /// Absolute path.
  package let archive: String
  /// Absolute path of the interpreter.
  package let python: String
  /// The interpreter's, `3.12.1`; empty where nothing was run.
  package var version: String = ""
  /// The same archive has passed in an earlier run.
  package let isRemembered: Bool
  package let seconds: Double
  /// What the handler answered, as JSON on one line; nil where it was not called.
  package let answer: String?
  /// What the handler printed.
  package let output: String
  /// What the run was kept from; nil where there was none.
  package let isolation: Isolation?
  /// It could not be judged here; the failure says why.
  package var isUnproven = false
  /// Nil where none was asked for.
  package var comparison: EnvironmentComparison?
  /// Nil where all is well.
  package private(set) var failure: Diagnostic?
  /// What could not be imported, where it failed for that.
  var missingModule: String?

  package var verdict: Verdict { isUnproven ? .unproven : failure == nil ? .passed : .failed }

  package enum Verdict: String, Sendable { case passed, failed, unproven }
}

extension VerifyResult {
  init(
    _ trial: Trial, since start: Int64, isRemembered: Bool = false, _ attempt: Attempt? = nil,
    _ comparison: EnvironmentComparison? = nil, failure: Diagnostic? = nil
  ) {
    self.init(
      function: trial.function.name, archive: trial.function.archive,
      python: trial.judge.program.path, version: trial.judge.version, isRemembered: isRemembered,
      seconds: Double(System.monotonicClock() - start) / 1e9, answer: attempt?.answer,
      output: attempt?.output ?? "", isolation: attempt?.isolation,
      comparison: comparison, failure: failure)
    guard failure != nil else { return }
    missingModule = attempt?.chain.last(where: \.saysWhatIsMissing)?.missingModule
  }

  func noting(_ note: Diagnostic.Note) -> VerifyResult {
    var result = self
    result.failure?.notes.insert(note, at: 0)
    return result
  }

  /// - Parameter isUnproven: nothing was run, so the failure is not the archive's.
  init(_ function: Function, isUnproven: Bool = false, failure: Diagnostic) {
    self.init(
      function: function.name, archive: function.archive, python: "", isRemembered: false,
      seconds: 0, answer: nil, output: "", isolation: nil, isUnproven: isUnproven, failure: failure)
  }
}
