import Model

/// The program that imports a handler from an unpacked archive, and calls it. It runs in the
/// target's interpreter with nothing but the standard library; what it finds goes to a file, since
/// handlers print.
enum Harness {
  /// Arguments: the answer's file, the memory bound, the module, the attribute, whether it must be
  /// callable (`1`/`0`), whether the provider awaits what it returns, what says that it passes two
  /// arguments to every handler (empty where the handler's parameters decide), the event's file or
  /// empty, the root, then further folders for the path.
  ///
  /// A handler's parameters are judged where they are certain: of a plain function or method, without
  /// what decorators pretend (`__wrapped__`, `__signature__`).
  ///
  /// Root could write where modes say that nobody may, so it gives that up (`CAP_DAC_OVERRIDE`, see
  /// capabilities(7)); `prctl` 24 keeps programs that are started from having it again.
  static let source = """
    import json, os, sys
    answer_file, memory, module_name, attribute, must_call, awaits, passes, event_file = sys.argv[1:9]
    folders = sys.argv[9:]
    sys.argv = ["bootstrap"]
    sys.path[:0] = folders
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    except Exception:
        pass
    try:
        if os.geteuid() == 0:
            import ctypes
            libc = ctypes.CDLL(None)
            header = (ctypes.c_uint32 * 2)(0x20080522, 0)
            sets = (ctypes.c_uint32 * 6)()
            if libc.capget(header, sets) == 0:
                libc.prctl(24, 1, 0, 0, 0)
                sets[0] &= ~2
                sets[1] &= ~2
                libc.capset(header, sets)
    except Exception:
        pass


    class Context:
        function_name = "pare-verify"
        function_version = "$LATEST"
        invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:pare-verify"
        memory_limit_in_mb = 1024
        aws_request_id = "00000000-0000-0000-0000-000000000000"
        log_group_name = "/aws/lambda/pare-verify"
        log_stream_name = "pare-verify"
        identity = None
        client_context = None

        def get_remaining_time_in_millis(self):
            return 30000


    def plain(handler):
        import types
        function = handler.__func__ if type(handler) is types.MethodType else handler
        return function if type(function) is types.FunctionType else None


    def check_parameters(handler):
        import inspect
        if not plain(handler) or "__signature__" in plain(handler).__dict__:
            return
        signature = inspect.signature(handler, follow_wrapped=False)
        try:
            signature.bind(None, None)
        except TypeError:
            parameters = signature.parameters.values()
            bare = signature.replace(
                parameters=[p.replace(annotation=p.empty) for p in parameters],
                return_annotation=signature.empty)
            raise TypeError("it takes %s, and %s" % (bare, passes)) from None


    def call(handler, event):
        import inspect
        try:
            parameters = [
                p for p in inspect.signature(handler).parameters.values()
                if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and p.default is p.empty
            ]
            count = len(parameters)
        except (TypeError, ValueError):
            count = 2
        if passes:
            count = 2
        result = handler(event) if count == 1 else handler(event, Context())
        if inspect.iscoroutine(result):
            import asyncio
            result = asyncio.run(result)
        return json.dumps(result, ensure_ascii=False)


    def inside(path):
        for folder in sorted(folders, key=len, reverse=True):
            if path.startswith(folder + "/"):
                return path[len(folder) + 1:]


    def describe(error):
        chain, seen = [], set()
        while error is not None and id(error) not in seen and len(chain) < 8:
            seen.add(id(error))
            frames, at = [], error.__traceback__
            while at is not None:
                path = inside(at.tb_frame.f_code.co_filename)
                if path:
                    frames.append([path, at.tb_lineno])
                at = at.tb_next
            if isinstance(error, SyntaxError) and error.filename:
                path = inside(error.filename)
                if path:
                    frames.append([path, error.lineno or 0])
            missing_file = None
            if isinstance(error, FileNotFoundError):
                for name in (error.filename, error.filename2):
                    if isinstance(name, (str, bytes, os.PathLike)):
                        missing_file = inside(os.path.abspath(os.fsdecode(name))) or missing_file
            chain.append({
                "type": type(error).__name__, "message": str(error)[:2000], "frames": frames,
                "missing": getattr(error, "name", None) if isinstance(error, ImportError) else None,
                "file": missing_file,
            })
            hidden = getattr(error, "__suppress_context__", False)
            error = error.__cause__ or (None if hidden else error.__context__)
        return chain


    found = {"phase": "import"}
    try:
        if event_file:
            with open(event_file, encoding="utf-8") as file:
                event = json.load(file)
        import importlib
        module = importlib.import_module(module_name)
        found["phase"] = "attribute"
        handler = module
        for part in attribute.split("."):
            handler = getattr(handler, part)
        found["names"] = []
        if must_call == "1" and not callable(handler):
            found["phase"] = "callable"
            raise TypeError("%r is not callable" % (type(handler).__name__,))
        import inspect
        if awaits == "0" and inspect.iscoroutinefunction(handler):
            found["phase"] = "callable"
            raise TypeError("it is a coroutine function, which the provider does not await")
        if passes and callable(handler):
            found["phase"] = "callable"
            check_parameters(handler)
        if event_file and callable(handler):
            found["phase"] = "call"
            found["answer"] = call(handler, event)
        found["phase"] = "done"
    except BaseException as error:
        found["chain"] = describe(error)
        if found["phase"] == "callable" and plain(handler):
            code = plain(handler).__code__
            if inside(code.co_filename):
                found["chain"][0]["frames"].append([inside(code.co_filename), code.co_firstlineno])
        if found["phase"] == "attribute":
            found["names"] = sorted(n for n in vars(module) if not n.startswith("_"))[:500]
    sys.stdout.flush()
    sys.stderr.flush()
    with open(answer_file, "w", encoding="utf-8", errors="replace") as file:
        json.dump(found, file)
    os._exit(0)
    """

  /// What the provider sets for a function, with names of our own; credentials that open nothing.
  static func variables(
    for function: Function, runtime: Runtime, root: String, home: String
  ) -> [String] {
    let common = [
      "HOME=\(home)", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", "TMPDIR=\(home)",
      "TZ=UTC",
    ]
    switch function.provider {
    case .awsLambda:
      return common + [
        "AWS_ACCESS_KEY_ID=pare", "AWS_DEFAULT_REGION=us-east-1",
        "AWS_EC2_METADATA_DISABLED=true", "AWS_EXECUTION_ENV=AWS_Lambda_\(runtime)",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024", "AWS_LAMBDA_FUNCTION_NAME=\(function.name)",
        "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_REGION=us-east-1",
        "AWS_SECRET_ACCESS_KEY=pare", "LAMBDA_TASK_ROOT=\(root)",
      ]
    case .googleCloudFunctions:
      return common + [
        "FUNCTION_TARGET=\(function.handler.name)", "GOOGLE_CLOUD_PROJECT=pare",
        "K_SERVICE=\(function.name)", "PORT=8080",
      ]
    case .azureFunctions:
      return common + ["FUNCTIONS_WORKER_RUNTIME=\(runtime.language)"]
    case .generic: return common
    }
  }
}
