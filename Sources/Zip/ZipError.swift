/// What is wrong with an archive that is read.
package struct ZipError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    /// No end-of-directory record: not a zip file, or cut off.
    case noDirectory
    /// A field points outside the file.
    case truncated
    /// A record does not begin with its signature, or contradicts another.
    case malformed
    case severalDisks
    case encrypted
    /// The number of the compression method; 0 (stored) and 8 (deflated) are read.
    case unsupportedMethod(UInt16)
    /// Absolute, with `..` or a backslash: it could leave the folder that it is unpacked in.
    case unsafeName
    case symbolicLink
    /// A name that is said to be UTF-8 and is not.
    case badName
    /// The header before a member's data names another one, as `zipfile` finds it, too.
    case otherName
    /// There are more members than the end record says, or fewer.
    case wrongCount
    /// Two members of one name.
    case duplicate
    /// Its bytes are also another member's.
    case overlapping
    case badCRC
    /// Not valid deflate data.
    case badData
    /// Inflates to more or less than the directory declares.
    case wrongSize
  }

  package let problem: Problem
  /// The member's name as it stands in the archive; nil where the whole archive is meant.
  package let member: String?

  package init(_ problem: Problem, member: String? = nil) {
    self.problem = problem
    self.member = member
  }

  /// As it stands in the sentence "ARCHIVE: SENTENCE".
  package var sentence: String {
    let member = member.map { "'\($0)'" } ?? "the archive"
    return switch problem {
    case .noDirectory: "is not a zip file, or was cut off: it has no end-of-directory record"
    case .truncated: "\(member) reaches past the end of the file"
    case .malformed: "\(member) has a malformed header"
    case .severalDisks: "is split over several files"
    case .encrypted: "\(member) is encrypted"
    case .unsupportedMethod(let number): "\(member) is compressed by method \(number)"
    case .unsafeName: "\(member) could leave the folder it is unpacked in"
    case .badName: "\(member) has a name that is said to be UTF-8 and is not"
    case .otherName: "\(member) has another name in front of its data"
    case .wrongCount: "has another number of members than its end record says"
    case .symbolicLink: "\(member) is a symbolic link"
    case .duplicate: "\(member) stands in it twice"
    case .overlapping: "\(member) shares its bytes with another member"
    case .badCRC: "\(member) does not match its CRC-32"
    case .badData: "\(member) is not valid deflate data"
    case .wrongSize: "\(member) does not inflate to the size that it declares"
    }
  }
}
