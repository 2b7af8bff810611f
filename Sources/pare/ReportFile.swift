import Files
import Model

/// `report.json` while it is being written: it takes its place when all of it is there, and stays
/// untouched where it would come out the same.
final class ReportFile {
  private let path: String
  private var output: OutputFile?
  private var failure: FileError?

  /// Throws where the folder cannot be made or written to.
  init(_ path: String) throws(Failure) {
    self.path = path
    do throws(FileError) {
      if let slash = path.lastIndex(of: "/") { try FileSystem.createFolder(String(path[..<slash])) }
      output = try OutputFile.create(path)
    } catch {
      throw Failure(error)
    }
  }

  /// Remembers what goes wrong until `commit`.
  func append(_ bytes: [UInt8]) {
    guard failure == nil else { return }
    do throws(FileError) { try output?.write(bytes) } catch { failure = error }
  }

  func commit() throws(Failure) {
    if let failure { throw Failure(failure) }
    do throws(FileError) { try output.take()?.commit() } catch { throw Failure(error) }
  }
}
