/// The program that imports a handler from folders, and calls it.
extension Harness {
  /// Standard input: what `Harness.input` writes. Descriptor 3 takes the verdict: the token, a line
  /// end, JSON. Handlers print, close what they find open, replace functions of `os`: the harness holds
  /// what it needs.
  ///
  /// A handler's parameters are judged where they are certain: of a plain function or method, without
  /// what decorators pretend (`__wrapped__`, `__signature__`).
  ///
  /// Who imports a module is asked of the stack when it is looked for, first of all finders:
  ///
  ///     importlib.import_module(name)      # importlib's own frames are nobody
  ///
  /// An audit hook also refuses native code that the provider could not load, where it is about to be:
  /// `import` has the file's path (Python/importdl.c), `ctypes.dlopen` what `CDLL` was given.
  ///
  /// What is opened is told by the audit hook (PEP 578), what native code has mapped by the system
  /// (`/proc/self/maps`, proc(5)); what native code reads itself is not told by anyone.
  static let source = definitions + "\n\n\n" + verdict + "\n\ndel token\njudge()\n"

  /// What all programs of the harness begin with: what they were asked for, what they set up, how a
  /// handler is called, and how an error is told.
  static let definitions = #"""
    import json, os, sys


    def prepare():
        fields = sys.stdin.buffer.read().split(b"\0")
        text = lambda field: os.fsdecode(field)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.set_inheritable(3, False)
        token, module, attribute, flags, passes = map(text, fields[:5])
        count = int(fields[5])
        folders = [text(field) for field in fields[6:6 + count]]
        fields = fields[6 + count:]
        count = int(fields[0])
        refused = dict(zip(map(text, fields[1:1 + count:2]), map(text, fields[2:1 + count:2])))
        event = json.loads(fields[1 + count].decode("utf-8-sig")) if "e" in flags else None
        return token, module, attribute, flags, passes, folders, refused, event


    token, module_name, attribute, flags, passes, folders, refused, event = prepare()
    sys.argv = ["bootstrap"]
    sys.path[:0] = folders
    by_length = sorted(folders, key=len, reverse=True)


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


    def inside(path):
        for folder in by_length:
            if path.startswith(folder + "/"):
                return path[len(folder) + 1:]


    def asker():
        frame = sys._getframe(2)
        while frame is not None:
            path = inside(frame.f_code.co_filename)
            if path:
                return path, frame.f_lineno
            frame = frame.f_back
        return None, 0


    wanted = {}


    class Environ(type(os.environ)):
        # What is asked for with a default is not missed.
        def __getitem__(self, key):
            try:
                return super().__getitem__(key)
            except KeyError:
                path, line = asker()
                if path:
                    wanted.setdefault(key, [key, path, line])
                if path and "p" in flags:
                    return "0"
                raise

        def __contains__(self, key):
            try:
                super().__getitem__(key)
            except KeyError:
                return False
            return True

        def get(self, key, default=None):
            return super().__getitem__(key) if key in self else default

        def pop(self, key, *default):
            return default[0] if default and key not in self else super().pop(key, *default)


    os.environ.__class__ = Environ
    importers, opened = {}, set()


    class Witness:
        @staticmethod
        def find_spec(name, path=None, target=None):
            frame = sys._getframe(1)
            while frame is not None:
                file = frame.f_code.co_filename
                if not file.startswith("<frozen importlib") and not file.endswith("/importlib/__init__.py"):
                    break
                frame = frame.f_back
            importers.setdefault(name, frame.f_code.co_filename if frame else "")


    def watch(name, arguments):
        if name == "open" and isinstance(arguments[0], (str, bytes)):
            path = os.fsdecode(arguments[0])
            if not path.endswith((".py", ".pyc")):
                opened.add(os.path.abspath(path))


    loads = []


    # As the provider's loader would, where this machine has what that lacks.
    def refuse(name, arguments):
        path = arguments[1] if name == "import" else arguments[0] if name == "ctypes.dlopen" else None
        library = refused.get(path) if isinstance(path, str) else None
        if library is None:
            return
        loads.append([inside(path) or path, library])
        sentence = library + ": cannot open shared object file: No such file or directory"
        if name == "import":
            raise ImportError(sentence, name=arguments[0], path=path)
        raise OSError(sentence)


    if refused:
        sys.addaudithook(refuse)
    if "o" in flags:
        sys.meta_path.insert(0, Witness)
        sys.addaudithook(watch)


    def place(path):
        path = os.path.realpath(path) if path.startswith("/") else ""
        for folder in by_length:
            if path.startswith(folder + "/"):
                return [folders.index(folder), path[len(folder) + 1:]]


    def used():
        modules = []
        for name, module in sorted(sys.modules.items()):
            try:
                table = object.__getattribute__(module, "__dict__")
                file = table.get("__file__")
                if type(module).__name__ == "_LazyModule" or not isinstance(file, str):
                    continue
            except AttributeError:
                continue
            where = place(file)
            if where:
                importer = importers.get(name)
                modules.append([name, where, place(importer) if importer else None])
        files = set(opened)
        try:
            with open("/proc/self/maps", errors="surrogateescape") as maps:
                for line in maps:
                    parts = line.rstrip("\n").split(None, 5)
                    if len(parts) == 6 and parts[5].startswith("/"):
                        files.add(parts[5])
        except OSError:
            pass
        places = [place(path) for path in sorted(files) if os.path.isfile(path)]
        return {"modules": modules, "files": [where for where in places if where]}


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


    def handler_of(module, found):
        found["phase"] = "attribute"
        handler = module
        try:
            for part in attribute.split("."):
                handler = getattr(handler, part)
        except AttributeError:
            names = getattr(module, "__dict__", {})
            found["names"] = sorted(n for n in names if not n.startswith("_"))[:500]
            raise
        if "c" in flags and not callable(handler):
            found["phase"] = "callable"
            raise TypeError("%r is not callable" % (type(handler).__name__,))
        return handler


    # Handlers print, close what they find open, and replace functions: what is told with is held from the
    # start.
    def tell(found, token, dumps=json.dumps, write=os.write, leave=os._exit):
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        found["wanted"], found["refused"] = list(wanted.values()), loads
        message = (token + "\n" + dumps(found)).encode("utf-8", "replace")
        while message:
            message = message[write(3, message):]
        leave(0)


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
            key = error.args[0] if isinstance(error, KeyError) and error.args else None
            chain.append({
                "type": type(error).__name__, "message": str(error)[:2000], "frames": frames,
                "missing": getattr(error, "name", None) if isinstance(error, ImportError) else None,
                "file": missing_file, "key": key if isinstance(key, str) else None,
            })
            hidden = getattr(error, "__suppress_context__", False)
            error = error.__cause__ or (None if hidden else error.__context__)
        return chain
    """#

  private static let verdict = #"""
    def judge(tell=tell, token=token):
        import importlib
        found = {"phase": "import"}
        handler = None
        try:
            module = importlib.import_module(module_name)
            handler = handler_of(module, found)
            import inspect
            if "a" not in flags and inspect.iscoroutinefunction(handler):
                found["phase"] = "callable"
                raise TypeError("it is a coroutine function, which the provider does not await")
            if passes and callable(handler):
                found["phase"] = "callable"
                check_parameters(handler)
            if "e" in flags and callable(handler):
                found["phase"] = "call"
                found["answer"] = call(handler, event)
            found["phase"] = "done"
        except BaseException as error:
            found["chain"] = describe(error)
            if found["phase"] == "callable" and plain(handler):
                code = plain(handler).__code__
                if inside(code.co_filename):
                    found["chain"][0]["frames"].append([inside(code.co_filename), code.co_firstlineno])
        if "o" in flags:
            found["used"] = used()
        tell(found, token)
    """#
}
