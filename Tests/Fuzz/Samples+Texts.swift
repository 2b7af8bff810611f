import Model
import Zip

extension Samples {
  static let sources = [
    #"""
    """Doc."""
    # -*- coding: utf-8 -*-
    from __future__ import annotations
    import os, sys as system
    from importlib import import_module
    from . import (money,
                   rates as prices)
    try:
        import orjson as json
    except ImportError:
        import json
    if sys.version_info >= (3, 11) and not TYPE_CHECKING:
        import tomllib
    BACKENDS = {"redis": "shop.backends.redis", **{n: f"shop.{n!r:>{10}}" for n in "ab"}}
    def load(name, *args, key=lambda x: x[1:-1], **kw):
        global BACKENDS
        with open(os.path.join(os.path.dirname(__file__), "data", name + ".json")) as file:
            yield import_module("shop.backends.%s" % name)
    class Table(dict, metaclass=Meta):
        __slots__ = ("a", "b")
        async def row(self): return await self[0] @ 3 if self else [*self, ...]
    match name:
        case {"a": [1, *rest]} if rest: __import__(f"{name}.{rest}")
        case _: pass
    def __getattr__(name):
        if name in BACKENDS: return import_module(BACKENDS[name])
        raise AttributeError(name)
    """#
  ]

  static let toml = """
    runtime = "python3.12"
    limits = { zipped = "5 MB", unzipped = 1_000 }
    when = 2026-11-27T20:00:00.5+01:00
    [functions.orders]
    handler = 'a/b.py:handler'
    include = ["**/*.txt", "x",]
    [[accept]]
    reason = \"\"\"
    long \\
      text\"\"\"
    [tool."pa re".x]
    f = [1e3, -inf, 0xff, true]
    """

  static let json = """
    {"a": [1, -2.5e3, true, null, "x\\u00e9\\ud83d\\ude00\\n"], "b": {"c": {}}, "d": "é"}
    """

  static let yaml = """
    Transform: AWS::Serverless-2016-10-31
    Globals: &g
      Function: {Runtime: python3.12, Timeout: 3}
    Resources:
      Orders:
        Type: AWS::Serverless::Function
        Properties:
          <<: *g
          Handler: !Sub "${Name}.handler"
          Code: |
            def handler(e, c): pass
          Tags: [a, 'b', "c"]
    """

  static let hcl = """
    locals { functions = { orders = "src/orders", "re funds" = "${path.module}/src" } }
    resource "aws_lambda_function" "orders" {
      for_each = local.functions # each
      handler  = "app.${var.name}_handler"
      runtime  = var.runtime == "" ? "python3.12" : var.runtime
      layers   = [aws_lambda_layer_version.shared.arn, module.base[0].arn]
      environment { variables = { TABLE = "x", LEVEL = 3 } }
    }
    data "archive_file" "orders" {
      source_dir = join("/", [path.module, "src"])
      output     = <<-EOT
        text ${each.value["a"].b}
      EOT
    }
    /* a comment */
    """

  static let metadata = """
    Metadata-Version: 2.1
    Name: tea
    Version: 1.0
    Requires-Dist: PySocks!=1.5.7,>=1.5.6; extra == "socks"
    Requires-Dist: idna[all] (>=2.5,<4) ; python_version < "3.9" and sys_platform != 'win32'
    Provides-Extra: socks

    Description.
    """

  static let report = """
    {"schemaVersion": 2, "zlibVersion": "1.3", "functions": [{"name": "f", "handler": "a.b",
    "provider": "generic", "runtime": "python3.12", "architecture": "x86_64", "origin": {"file": "p"},
    "archive": "dist/f.zip", "modules": 1, "unzipped": 3, "zipped": 4, "measures": [], "distributions": [],
    "blindSpots": [], "leftOut": [], "reasons": {}, "files": [], "nodes": [], "entries": []}],
    "diagnostics": []}
    """

  /// A library of 64 bits that needs another, and names modules: program headers, a dynamic section, and
  /// sections with their names (System V ABI).
  static var library: [UInt8] {
    var bytes: [UInt8] = []
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let strings = Array("\u{0}libtea.so.1\u{0}".utf8)
    let names = Array("\u{0}.rodata\u{0}.shstrtab\u{0}".utf8)
    let data = Array("\u{0}shop.money\u{0}PyInit_fast\u{0}libmilk.so.2\u{0}import_module\u{0}".utf8)
    let dynamic = number(1, 8) + number(1, 8) + number(5, 8) + number(0xE0, 8) + number(0, 16)
    bytes += [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 9)
    bytes += number(3, 2) + number(0x3E, 2) + number(1, 4) + number(0, 8) + number(64, 8)
    bytes += number(0x200, 8) + number(0, 4) + number(64, 2) + number(56, 2) + number(2, 2)
    bytes += number(64, 2) + number(3, 2) + number(2, 2)
    for (kind, offset, size) in [(1, 0, 0x400), (2, 0xB0, dynamic.count)] {
      bytes += number(kind, 4) + number(4, 4) + number(offset, 8) + number(offset, 8)
      bytes += number(offset, 8) + number(size, 8) + number(size, 8) + number(8, 8)
    }
    bytes += dynamic + strings
    bytes += [UInt8](repeating: 0, count: 0x100 - bytes.count) + data
    bytes += [UInt8](repeating: 0, count: 0x180 - bytes.count) + names
    bytes += [UInt8](repeating: 0, count: 0x200 - bytes.count)
    for (name, kind, flags, offset, size) in [
      (0, 0, 0, 0, 0), (1, 1, 2, 0x100, data.count), (9, 3, 0, 0x180, names.count),
    ] {
      bytes += number(name, 4) + number(kind, 4) + number(flags, 8) + number(offset, 8)
      bytes += number(offset, 8) + number(size, 8) + number(0, 8) + number(1, 8) + number(0, 8)
    }
    return bytes
  }

  /// Three members, one of them deflated.
  static var archive: [UInt8] {
    var deflater = Deflater()
    var bytes: [UInt8] = []
    var entries: [ZipEntry] = []
    var contents: [[UInt8]] = []
    for (name, text) in [
      ("a.py", "import b\n"), ("é/b.py", String(repeating: "x = 1\n", count: 200)), ("c", ""),
    ] {
      let content = Array(text.utf8)
      var packed = [UInt8](repeating: 0, count: max(0, content.count - 1))
      var room = packed.mutableSpan
      let count = content.count > 1 ? deflater.deflate(content.span, into: &room) : nil
      if let count { packed.removeSubrange(count...) } else { packed = content }
      entries.append(
        ZipEntry(
          path: RelativePath(name), isExecutable: false, method: count == nil ? .stored : .deflated,
          crc32: crc32(content), compressedSize: packed.count, size: content.count))
      contents.append(packed)
    }
    let layout = ZipLayout(entries)
    for (index, content) in contents.enumerated() {
      layout.appendHeader(index, to: &bytes)
      bytes += content
    }
    return bytes + layout.directory()
  }
}
