import Files
import Model

/// `report.json` while it is being written: it takes its place when all of it is there, and stays
/// untouched where it would come out the same.
final class ReportFile {
  private let path: String
  private var output: OutputFile?
  private var failure: FileError?
  /// The document that is there, as long as what is appended is the same.
  private var present: InputFile?
  private var count = 0

  /// Throws where the folder cannot be made or written to.
  init(_ path: String) throws(Failure) {
    self.path = path
    present = try? InputFile.open(path)
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
    if (try? present?.read(at: count, count: bytes.count)) != bytes { present = nil }
    count += bytes.count
    do throws(FileError) { try output?.write(bytes) } catch { failure = error }
  }

  func commit() throws(Failure) {
    if let failure { throw Failure(failure) }
    if let size = present?.key.size, Int(size) == count {
      output = nil
      return
    }
    do throws(FileError) { try output.take()?.commit() } catch { throw Failure(error) }
  }
}
