import Files
import Model
import Zip

/// Compresses each entry, and writes the archive where that is wanted.
func archive(
  _ plan: Plan, _ function: Function, writes: Bool, store: Store
) throws(Failure) -> Artifact {
  do {
    var reader = store.makeReader()
    var deflater = Deflater()
    var entries: [ZipEntry] = []
    var datas: [[UInt8]] = []
    var digest = SHA256()
    for entry in plan.entries {
      let bytes: [UInt8]
      switch entry.content {
      case .file(let file):
        try reader.read(file)
        bytes = reader.withBytes { span in
          span.indices.map { span[$0] }
        }
      case .generated(let made): bytes = made
      }
      var output = [UInt8](repeating: 0, count: max(bytes.count - 1, 0))
      let count = pack(bytes, &output, &deflater)
      let data = count.map { Array(output[..<$0]) } ?? bytes
      entries.append(
        ZipEntry(
          path: entry.path, isExecutable: entry.isExecutable,
          method: count == nil ? .stored : .deflated,
          crc32: crc32(bytes), compressedSize: data.count, size: bytes.count))
      digest.update(Array(entry.path.string.utf8))
      digest.update([entry.isExecutable ? 1 : 0])
      digest.update(SHA256.digest(of: bytes).bytes)
      datas.append(data)
    }
    let layout = ZipLayout(entries)
    var file: [UInt8] = []
    for index in entries.indices {
      layout.appendHeader(index, to: &file)
      file += datas[index]
    }
    file += layout.directory()
    if writes {
      try FileSystem.createFolder(String(RelativePath(function.archive).folder))
      try FileSystem.write(file, to: function.archive)
    }
    return Artifact(
      function: plan.function, path: function.archive,
      sizes: entries.map { Artifact.Size(unzipped: $0.size, zipped: $0.compressedSize) },
      unzipped: entries.reduce(0) { $0 + $1.size }, zipped: layout.size,
      codeSHA256: writes ? SHA256.digest(of: file).base64 : nil,
      contentDigest: digest.digest().hex, wasUnchanged: false)
  } catch {
    throw Failure(error)
  }
}

private func pack(
  _ bytes: [UInt8], _ output: inout [UInt8], _ deflater: inout Deflater
) -> Int? {
  let input = bytes.span
  var span = output.mutableSpan
  return deflater.deflate(input, into: &span)
}
