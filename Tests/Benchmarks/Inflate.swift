import Files
import Foundation
import Model
import Zip

/// The wheel members that some archive holds, inflated and checked against their CRC-32 once each,
/// by as many threads as there are processors: what no tool can do without that takes compressed
/// members over and wants to know that they are whole. Nothing is scanned, hashed or written.
///
/// Runs as a process of its own (`Benchmarks --inflate zlib FILE`), so that it is accounted for as the
/// others are; FILE has a wheel's path and a member's position in each line.
func inflate(list: String, with library: Inflater.Library) throws {
  var members: [(wheel: Int, member: ZipMember)] = []
  var files: [String: Int] = [:]
  var wheels: [OpenWheel] = []
  for line in try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n") {
    let fields = line.split(separator: "\t")
    let path = String(fields[1])
    let wheel = files[path] ?? wheels.count
    if wheel == wheels.count {
      wheels.append(try OpenWheel(path))
      files[path] = wheel
    }
    guard let position = Int(fields[0]) else { fail("bad line in \(list)") }
    members.append((wheel, wheels[wheel].directory.members[position]))
  }
  // The largest first, so that no thread is left alone with one at the end.
  members.sort { $0.member.size > $1.member.size }
  let opened = wheels
  _ = try concurrentMap(members, jobs: System.processorCount, worker: { InflatingWorker(library) })
  {
    (worker, item) throws(Unreadable) in
    try worker.inflate(item.member, of: opened[item.wheel])
  }
}

/// Writes the list for `inflate(list:)`: those members of a folder's wheels that stand in one of the
/// archives, under the same path and with the same CRC-32. How many bytes they inflate to.
func writeInflateList(archives: String, wheels: String, to list: String) throws -> Int {
  var wanted: [String: Set<UInt32>] = [:]
  for name in try FileSystem.names(in: archives) where name.hasSuffix(".zip") {
    for member in try OpenWheel("\(archives)/\(name)").directory.members {
      wanted[member.path.string, default: []].insert(member.crc32)
    }
  }
  var lines = ""
  var total = 0
  for name in try FileSystem.names(in: wheels) where name.hasSuffix(".whl") {
    let path = "\(wheels)/\(name)"
    for (position, member) in try OpenWheel(path).directory.members.enumerated()
    where wanted[member.path.string]?.remove(member.crc32) != nil {
      lines += "\(position)\t\(path)\n"
      total += member.size
    }
  }
  try FileSystem.write(Array(lines.utf8), to: list)
  return total
}

private struct Unreadable: Error {
  let sentence: String
}

private final class OpenWheel: Sendable {
  let file: InputFile
  let directory: ZipDirectory

  init(_ path: String) throws(Unreadable) {
    do {
      let file = try InputFile.open(path)
      directory = try ZipDirectory(fileSize: Int(file.key.size)) { offset, count in
        try? file.read(at: offset, count: count)
      }
      self.file = file
    } catch {
      throw Unreadable(sentence: "\(path): \(error)")
    }
  }
}

private struct InflatingWorker: ~Copyable {
  var packed = ReadBuffer()
  var content = ReadBuffer()
  var inflater: Inflater

  init(_ library: Inflater.Library) {
    guard let inflater = Inflater(library) else { fail("there is no \(library) here") }
    self.inflater = inflater
  }

  mutating func inflate(_ member: ZipMember, of wheel: OpenWheel) throws(Unreadable) {
    do {
      try packed.read(wheel.file, at: member.headerOffset, count: member.extent)
      try Self.extract(member, packed, &content, &inflater)
    } catch {
      throw Unreadable(sentence: "\(member.path): \(error)")
    }
  }

  private static func extract(
    _ member: ZipMember, _ packed: borrowing ReadBuffer, _ content: inout ReadBuffer,
    _ inflater: inout Inflater
  ) throws(ZipError) {
    try packed.withBytes { (bytes) throws(ZipError) in
      let range = try member.dataRange(localHeader: bytes)
      try content.fill(count: member.size) { (output) throws(ZipError) in
        try member.extract(bytes.extracting(range), into: &output, &inflater)
      }
    }
  }
}
