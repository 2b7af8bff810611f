import Model
import Zip

/// What is remembered of an archive that was written: what it was made of, its SHA-256, and at every
/// megabyte or so the same of all that stands before.
///
/// An archive whose `shared/money.py` was touched begins as the one before did, up to that entry: the
/// system copies the beginning, and hashing goes on behind it. Of 20 archives with 262 MB that share
/// a touched module, 27 MB are read and hashed.
struct ArchiveRecord {
  /// A place between two entries.
  struct Mark {
    /// How many entries stand before it.
    let entry: Int
    /// How many bytes stand before it.
    let offset: Int
    /// What these entries are.
    let identity: SHA256.Digest
    /// `SHA256.encoded` after these bytes.
    let hash: [UInt8]
  }

  /// What the archive is made of. Equal identities give equal archives.
  let identity: SHA256.Digest
  let sha256: SHA256.Digest
  /// In the order of their offsets.
  let marks: [Mark]

  init(identity: SHA256.Digest, sha256: SHA256.Digest, marks: [Mark]) {
    self.identity = identity
    self.sha256 = sha256
    self.marks = marks
  }

  /// How many of the marks hold for an archive that is made of something else: both have the same
  /// entries up to the last of these.
  func commonMarks(with lineage: Lineage) -> Int {
    zip(marks, lineage.marks).prefix { $0.identity == $1.identity && $0.offset == $1.offset }.count
  }

  // MARK: As bytes

  private static let markSize = 16 + 32 + SHA256.encodedSize

  var encoded: [UInt8] {
    var bytes = identity.bytes + sha256.bytes
    bytes.append(number32: UInt32(marks.count))
    for mark in marks {
      bytes.append(number64: UInt64(mark.entry))
      bytes.append(number64: UInt64(mark.offset))
      bytes += mark.identity.bytes
      bytes += mark.hash
    }
    return bytes
  }

  /// Nil where the bytes are not as `encoded` gives them.
  init?(encoded bytes: Span<UInt8>) {
    guard bytes.count >= 68, bytes.count == 68 + Int(bytes.number32(64)) * Self.markSize else {
      return nil
    }
    identity = bytes.digest(0)
    sha256 = bytes.digest(32)
    marks = stride(from: 68, to: bytes.count, by: Self.markSize).map { start in
      Mark(
        entry: Int(truncatingIfNeeded: bytes.number64(start)),
        offset: Int(truncatingIfNeeded: bytes.number64(start + 8)),
        identity: bytes.digest(start + 16),
        hash: bytes.extracting(start + 48..<start + Self.markSize).copy())
    }
  }
}

/// What an archive that is to be written is made of, and what its beginnings are.
struct Lineage {
  let whole: SHA256.Digest
  /// Where records have marks: at the first entry of each megabyte.
  let marks: [(entry: Int, offset: Int, identity: SHA256.Digest)]

  /// Nil where a wheel can no longer be read.
  init?(_ job: ArchiveJob, _ layout: ZipLayout, _ store: Store) {
    var hash = SHA256()
    var bytes = Array("\(Cache.formatVersion) zlib \(zlibVersion) level \(deflateLevel)".utf8)
    var marks: [(entry: Int, offset: Int, identity: SHA256.Digest)] = []
    for (index, content) in job.contents.enumerated() {
      let offset = layout.offsets[index]
      if index > 0, offset >> 20 != layout.offsets[index - 1] >> 20 {
        hash.update(bytes)
        bytes.removeAll(keepingCapacity: true)
        marks.append((index, offset, hash.digest()))
      }
      let entry = layout.entries[index]
      bytes.append(number32: UInt32(entry.path.string.utf8.count))
      bytes += entry.path.string.utf8
      bytes.append(entry.isExecutable ? 1 : 0)
      content.digest.append(to: &bytes)
      bytes.append(number32: UInt32(content.method.rawValue))
      bytes.append(number64: UInt64(content.compressedSize))
      // A wheel's compressed bytes are its own: name them by the wheel's state.
      if case .wheel(let wheel, let offset) = content.place {
        guard let key = try? store.wheel(wheel).key else { return nil }
        key.encode(to: &bytes)
        bytes.append(number64: UInt64(offset))
      }
    }
    hash.update(bytes)
    whole = hash.digest()
    self.marks = marks
  }
}

extension SHA256.Digest {
  /// As `bytes`, without an array in between.
  func append(to bytes: inout [UInt8]) {
    for word in [a, b, c, d] { bytes.append(number64: word.byteSwapped) }
  }
}

extension Span where Element == UInt8 {
  fileprivate func digest(_ offset: Int) -> SHA256.Digest {
    SHA256.Digest(
      number64(offset).byteSwapped, number64(offset + 8).byteSwapped,
      number64(offset + 16).byteSwapped, number64(offset + 24).byteSwapped)
  }
}
