import Model

// Which shared libraries the providers' systems have, by their names (`DT_SONAME`). A name that is
// missing here costs a warning, one that is here and not there an archive that does not load: what is
// not sure is left out.

extension Providers {
  /// What native code may be linked against without bringing it.
  static func libraries(of runtime: Runtime, on provider: Provider.Name) -> Set<String> {
    switch provider {
    case .awsLambda:
      // Its interpreter is linked against the shared one in `/var/lang/lib`.
      (runtime.minor >= 12 ? amazonLinux2023 : amazonLinux2)
        .union(["libpython\(runtime.major).\(runtime.minor).so.1.0"])
    case .googleCloudFunctions, .generic: promised
    case .azureFunctions: system.union(debian)
    }
  }

  /// The loader and what belongs to glibc, GCC's runtime and zlib: what no system that runs CPython is
  /// without. From the list of PEP 600 (https://peps.python.org/pep-0600/, "manylinux", which refers to
  /// auditwheel's policies: https://github.com/pypa/auditwheel/tree/main/src/auditwheel/policy).
  private static let system: Set<String> = [
    "ld-linux-aarch64.so.1", "ld-linux-x86-64.so.2", "libanl.so.1", "libc.so.6", "libdl.so.2",
    "libgcc_s.so.1", "libm.so.6", "libmvec.so.1", "libpthread.so.0", "libresolv.so.2", "librt.so.1",
    "libstdc++.so.6", "libutil.so.1", "libz.so.1",
  ]

  /// All that manylinux wheels may leave to the system (the same source). Google's Ubuntu images have
  /// these (https://cloud.google.com/functions/docs/reference/system-packages, as remembered: libgl1,
  /// libglib2.0-0, libice6, libsm6, libx11-6, libxext6, libxrender1).
  private static let promised = system.union([
    "libGL.so.1", "libICE.so.6", "libSM.so.6", "libX11.so.6", "libXext.so.6", "libXrender.so.1",
    "libatomic.so.1", "libexpat.so.1", "libglib-2.0.so.0", "libgobject-2.0.so.0",
    "libgthread-2.0.so.0", "libnsl.so.1",
  ])

  /// Python 3.8 to 3.11. "Far fewer native libraries" than before: neither libGL and X11, nor
  /// libgthread, nor libgomp (https://github.com/lambci/docker-lambda/issues/318,
  /// https://github.com/isl-org/Open3D/issues/4933, read 2026-11).
  private static let amazonLinux2 = system.union([
    "libbz2.so.1", "libcrypt.so.1", "libcrypto.so.10", "liblzma.so.5", "libnsl.so.1",
    "libssl.so.10",
  ])

  /// From Python 3.12 on: the packages of the minimal container image
  /// (https://docs.aws.amazon.com/linux/al2023/ug/al2023-container-image-types.html, as remembered: the
  /// page was not at hand in 2026-11), as far as CPython itself is linked against them.
  private static let amazonLinux2023 = system.union([
    "libbz2.so.1", "libcrypt.so.2", "libcrypto.so.3", "libexpat.so.1", "libffi.so.8",
    "liblzma.so.5", "libsqlite3.so.0", "libssl.so.3", "libuuid.so.1",
  ])

  /// What `python` images on Debian have beside it (https://github.com/Azure/azure-functions-docker).
  private static let debian: Set<String> = [
    "libbz2.so.1.0", "libcrypt.so.1", "libexpat.so.1", "liblzma.so.5", "libsqlite3.so.0",
    "libuuid.so.1",
  ]
}
