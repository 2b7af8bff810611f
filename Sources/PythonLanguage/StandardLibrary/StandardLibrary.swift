/// Top-level modules that CPython brings along, by version: `sys.stdlib_module_names` of 3.10 to
/// 3.13, the `Lib` folder and `sys.builtin_module_names` of 3.8 and 3.9, and the "What's New" pages of
/// 3.14 and 3.15.
struct StandardLibrary: Sendable {
  private let names: Set<String>

  init(minor: Int) {
    var names = Set(Self.always.split(whereSeparator: \.isWhitespace).map(String.init))
    for (name, minors) in Self.spans where minors.contains(minor) { names.insert(name) }
    self.names = names
  }

  func contains(_ topLevel: String) -> Bool { names.contains(topLevel) }

  /// Whether every Linux build of the version has it: not what is private, what belongs to another
  /// system, or what needs a library that a build may lack.
  func isCertain(_ topLevel: String) -> Bool {
    contains(topLevel) && !topLevel.hasPrefix("_") && !Self.uncertain.contains(topLevel)
  }

  private static let uncertain: Set<String> = [
    "antigravity", "bz2", "crypt", "ctypes", "curses", "dbm", "ensurepip", "idlelib", "lib2to3",
    "lzma", "msilib", "msvcrt", "nis", "nt", "ossaudiodev", "readline", "spwd", "sqlite3", "ssl",
    "tkinter", "turtle", "turtledemo", "venv", "winreg", "winsound", "zlib",
  ]

  /// The version that dropped a module, where the given one no longer has it: 12 for `distutils`.
  static func removed(_ topLevel: String, before minor: Int) -> Int? {
    guard let minors = spans[topLevel], minors.upperBound < minor else { return nil }
    return minors.upperBound + 1
  }

  private static let spans: [String: ClosedRange<Int>] = {
    var spans: [String: ClosedRange<Int>] = [:]
    for row in sometimes.split(separator: "\n") {
      let fields = row.split(separator: " ")
      guard fields.count == 3, let first = Int(fields[1]), let last = Int(fields[2]) else {
        continue
      }
      spans[String(fields[0])] = first...last
    }
    return spans
  }()

  /// Of any version, in no order.
  static let everyName: [String] =
    always.split(whereSeparator: \.isWhitespace).map(String.init) + spans.keys

  /// Built into the interpreter, or frozen: found before `sys.path` is looked at, or in `sys.modules`
  /// before the handler runs. A file of the same name never shadows them.
  static let unshadowable: Set<String> = Set(
    """
    _abc _ast _codecs _collections _collections_abc _frozen_importlib _frozen_importlib_external
    _functools _imp _io _locale _operator _signal _sitebuiltins _sre _stat _string _symtable
    _thread _tokenize _tracemalloc _typing _warnings _weakref abc atexit builtins codecs errno
    faulthandler gc genericpath importlib io itertools marshal ntpath os posix posixpath pwd
    runpy site stat sys time zipimport
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// In each version from 3.8 on.
  private static let always = """
    __future__ _abc _ast _asyncio _bisect _blake2 _bz2 _codecs _codecs_cn _codecs_hk
    _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _compat_pickle
    _compression _contextvars _csv _ctypes _curses _curses_panel _datetime _dbm _decimal
    _elementtree _functools _gdbm _hashlib _heapq _imp _io _json _locale _lsprof _lzma
    _markupbase _md5 _multibytecodec _multiprocessing _opcode _operator _osx_support _overlapped
    _pickle _posixshmem _posixsubprocess _py_abc _pydecimal _pyio _queue _random _scproxy _sha1
    _sha3 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime
    _struct _symtable _thread _threading_local _tkinter _tracemalloc _uuid _warnings _weakref
    _weakrefset _winapi abc antigravity argparse array ast asyncio atexit base64 bdb binascii
    bisect builtins bz2 cProfile calendar cmath cmd code codecs codeop collections colorsys
    compileall concurrent configparser contextlib contextvars copy copyreg csv ctypes curses
    dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno
    faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt
    getpass gettext glob grp gzip hashlib heapq hmac html http idlelib imaplib importlib inspect
    io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math
    mimetypes mmap modulefinder msvcrt multiprocessing netrc nt ntpath nturl2path numbers opcode
    operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posix
    posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue
    quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors
    shelve shlex shutil signal site smtplib socket socketserver sqlite3 sre_compile sre_constants
    sre_parse ssl stat statistics string stringprep struct subprocess symtable sys sysconfig
    syslog tabnanny tarfile tempfile termios textwrap this threading time timeit tkinter token
    tokenize trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
    urllib uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xml xmlrpc zipapp
    zipfile zipimport zlib
    """

  /// Name, first minor version, last minor version.
  private static let sometimes = """
    _aix_support 9 99
    _android_support 13 99
    _ast_unparse 14 99
    _bootlocale 8 9
    _bootsubprocess 9 11
    _colorize 13 99
    _crypt 8 12
    _dummy_thread 8 8
    _frozen_importlib 8 99
    _frozen_importlib_external 8 99
    _hmac 14 99
    _interpchannels 13 99
    _interpqueues 13 99
    _interpreters 13 99
    _ios_support 13 99
    _msi 8 12
    _opcode_metadata 13 99
    _peg_parser 9 9
    _py_warnings 14 99
    _pydatetime 12 99
    _pylong 12 99
    _pyrepl 13 99
    _remote_debugging 14 99
    _sha2 12 99
    _sha256 8 11
    _sha512 8 11
    _suggestions 13 99
    _sysconfig 13 99
    _tokenize 11 99
    _types 14 99
    _typing 11 99
    _wmi 13 99
    _zoneinfo 9 99
    _zstd 14 99
    aifc 8 12
    annotationlib 14 99
    asynchat 8 11
    asyncore 8 11
    audioop 8 12
    binhex 8 10
    cgi 8 12
    cgitb 8 12
    chunk 8 12
    compression 14 99
    crypt 8 12
    distutils 8 11
    dummy_threading 8 8
    formatter 8 9
    graphlib 9 99
    imghdr 8 12
    imp 8 11
    lib2to3 8 12
    mailcap 8 12
    msilib 8 12
    nis 8 12
    nntplib 8 12
    ossaudiodev 8 12
    parser 8 9
    pipes 8 12
    profiling 15 99
    smtpd 8 11
    sndhdr 8 12
    spwd 8 12
    sunau 8 12
    symbol 8 9
    telnetlib 8 12
    tomllib 11 99
    uu 8 12
    xdrlib 8 12
    zoneinfo 9 99
    """
}
