import Model

/// Modules of other distributions that a distribution's strings name.
extension PythonResolver {
  /// A distribution imports by their names what it requires, with an extra or without:
  ///
  ///     import_optional_dependency("tabulate")                 # pandas
  ///     known = {"s3": {"class": "s3fs.S3FileSystem"}}         # fsspec
  ///
  /// So a string that begins with such a module's name brings it, where some of that distribution's
  /// code imports what it computes.
  mutating func followRequired(
    _ name: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    guard let own = distribution(origin.party),
      let top = index.find(name.prefix { $0 != UInt8(ascii: ".") }),
      let start = index.top(top, in: origin.view), !isStandard(top, view: origin.view),
      isRequired(top, origin)
    else { return }
    let owner = distribution(states[Int(node(of: start).index)].party)
    guard owner != own else { return }
    let found = index.find(index.intern(name), in: origin.view)
    guard found.module >= 0 else { return }
    linkModule(
      origin, found.module, .string, request, premise: condition(.importsDynamically(origin.party)))
  }
}
