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
