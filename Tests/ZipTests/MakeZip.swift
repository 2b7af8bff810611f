import Model
import Zip

/// What the tests below write and read archives with, in memory.
func pack(
  _ files: [(String, [UInt8])], executable: [String] = []
) -> [(entry: ZipEntry, data: [UInt8])] {
  var deflater = Deflater()
  return files.map { name, content in
    var data = [UInt8](repeating: 0, count: max(0, content.count - 1))
    var room = data.mutableSpan
    let count = deflater.deflate(content.span, into: &room)
    if let count { data.removeSubrange(count...) } else { data = content }
    let entry = ZipEntry(
      path: RelativePath(name), isExecutable: executable.contains(name),
      method: count == nil ? .stored : .deflated, crc32: crc32(content),
      compressedSize: data.count, size: content.count)
    return (entry, data)
  }
}

func makeZip(packed: [(entry: ZipEntry, data: [UInt8])]) -> [UInt8] {
  let layout = ZipLayout(packed.map(\.entry))
  var bytes: [UInt8] = []
  for index in packed.indices {
    layout.appendHeader(index, to: &bytes)
    bytes += packed[index].data
  }
  return bytes + layout.directory()
}

func makeZip(_ files: [(String, [UInt8])], executable: [String] = []) -> [UInt8] {
  makeZip(packed: pack(files, executable: executable))
}

func readZip(_ bytes: [UInt8]) throws(ZipError) -> ZipDirectory {
  try ZipDirectory(fileSize: bytes.count) { Array(bytes[$0..<$0 + $1]) }
}

/// Those that this system has.
let inflateLibraries = Inflater.Library.allCases.filter { library in
  let inflater = Inflater(library)
  return inflater != nil
}

func extract(
  _ member: ZipMember, from bytes: [UInt8], _ library: Inflater.Library = .zlib
) throws(ZipError) -> [UInt8] {
  let whole = Array(bytes[member.headerOffset..<member.headerOffset + member.extent])
  let range = try member.dataRange(localHeader: whole.span)
  guard var inflater = Inflater(library) else { preconditionFailure("there is no \(library)") }
  var output = [UInt8](repeating: 0, count: member.size)
  var room = output.mutableSpan
  try member.extract(whole.span.extracting(range), into: &room, &inflater)
  return output
}
