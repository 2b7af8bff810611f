package import Files
package import Zip

/// A wheel that is open and read in place: its checked directory, and its bytes on demand.
package final class WheelFile: Sendable {
  /// Absolute path.
  package let path: String
  /// As it was when it was opened.
  package let key: StatKey
  package let directory: ZipDirectory
  let file: InputFile

  /// Throws where it cannot be read, or is no archive that may be unpacked: the error says which
  /// member is wrong and how.
  package init(_ path: String) throws(FileError) {
    let file = try InputFile.open(path)
    var failure: FileError?
    do throws(ZipError) {
      directory = try ZipDirectory(fileSize: Int(file.key.size)) { offset, count in
        do throws(FileError) {
          return try file.read(at: offset, count: count)
        } catch {
          failure = error
          return nil
        }
      }
    } catch {
      throw failure ?? FileError("read", path, .damaged(error.sentence))
    }
    self.path = path
    key = file.key
    self.file = file
  }

  /// Reads a member's local header and data into `buffer`; where in it the data lies.
  func read(_ member: ZipMember, into buffer: inout ReadBuffer) throws(FileError) -> Range<Int> {
    try buffer.read(file, at: member.headerOffset, count: member.likelyExtent)
    let range = try dataRange(of: member, header: buffer)
    if range.upperBound > buffer.count {
      try buffer.read(file, at: member.headerOffset, count: range.upperBound)
    }
    return range
  }

  /// Where a member's data lies in the wheel.
  func dataRange(of member: ZipMember) throws(FileError) -> Range<Int> {
    var header = ReadBuffer(capacity: 256)
    try header.read(file, at: member.headerOffset, count: member.headerSize)
    let range = try dataRange(of: member, header: header)
    return member.headerOffset + range.lowerBound..<member.headerOffset + range.upperBound
  }

  private func dataRange(
    of member: ZipMember, header: borrowing ReadBuffer
  ) throws(FileError) -> Range<Int> {
    do throws(ZipError) {
      return try header.withBytes { (bytes) throws(ZipError) in
        try member.dataRange(localHeader: bytes)
      }
    } catch {
      throw FileError("read", path, .damaged(error.sentence))
    }
  }
}
