import Files

/// Whether packages can be downloaded here.
package enum PyPI {
  /// Asked once, with pip, since only pip knows which index and proxy this machine uses.
  package static let isReachable: Bool = {
    guard let python = Python.python312, let folder = try? Folder() else {
      return false
    }
    let asked = try? python.program.run(
      [
        "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "0", "--timeout", "5",
        "--disable-pip-version-check", "--dest", folder.path, "six==1.17.0",
      ], timeout: 60)
    return asked?.isSuccess == true
  }()
}
