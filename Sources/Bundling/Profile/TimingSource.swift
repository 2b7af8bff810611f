/// The program that times a handler's imports and its first call.
extension Harness {
  /// Modules are timed where all ways to import one meet: `importlib._bootstrap._find_and_load`, which
  /// `import`, `import_module` and `__import__` call for what is not in `sys.modules` yet
  /// (Lib/importlib/_bootstrap.py, Python/import.c). `-X importtime` stands there too, but for what
  /// `import_module` asks for, and writes to the handler's own stream.
  ///
  /// What a call uses is what was called (`sys.monitoring`, PEP 669, before 3.12 `sys.setprofile`) and
  /// which modules had an attribute read. Nobody sees that a name is read which was taken from a module
  /// before, as this `LIMIT`, nor what operators of native types do:
  ///
  ///     from shop.rules import LIMIT
  ///     def handler(event, context): return event["n"] < LIMIT
  ///
  /// That a module is deferred means that its statements are taken out of the source, and made where one
  /// of their names is looked for first, as a lazy import is (PEP 810):
  ///
  ///     import pandas as pd                          # line 1: taken out
  ///     def export(event): return pd.DataFrame(event)   # imports it, once
  static let timingSource = definitions + "\n\n\n" + timing + "\n\ntimed(event, token)\n"

  private static let timing = #"""
    def timed(request, token, tell=tell):
        import builtins, importlib, time
        from _thread import get_ident
        clock = time.perf_counter_ns
        bootstrap = sys.modules["_frozen_importlib"]
        external = sys.modules["_frozen_importlib_external"]
        load, compiled = bootstrap._find_and_load, external.SourceLoader.source_to_code
        execute = external._LoaderBasics.exec_module
        audits, own = request["audits"], set(request["own"])
        records, stacks, phase = [], {}, ["import"]

        def importer():
            frame = sys._getframe(2)
            while frame is not None:
                file = frame.f_code.co_filename
                if not file.startswith("<") and not file.endswith("/importlib/__init__.py"):
                    return place(file), frame.f_lineno
                frame = frame.f_back
            return None, 0

        def timed_load(name, *rest):
            if not phase[0]:
                return load(name, *rest)
            stack = stacks.setdefault(get_ident(), [])
            record = [name, stack[-1] if stack else -1, phase[0], 0, 0, 0, False, None, 0]
            stack.append(len(records))
            records.append(record)
            if audits:
                record[7:] = importer()
            record[3] = clock()
            try:
                module = load(name, *rest)
                record[6] = True
                return module
            finally:
                record[4] = clock()
                stack.pop()

        deferred = {os.path.join(folders[0], item["path"]): item for item in request["deferred"]}

        def without(source, ranges):
            lines = source.split(b"\n")
            for first, last in ranges:
                lines[first - 1:last] = [b"pass"] + [b""] * (last - first)
            return b"\n".join(lines)

        def timed_compile(loader, data, path, *rest, **named):
            if path in deferred and isinstance(data, bytes):
                data = without(data, deferred[path]["lines"])
            began = clock()
            try:
                return compiled(loader, data, path, *rest, **named)
            finally:
                stack = stacks.get(get_ident())
                if stack:
                    records[stack[-1]][5] += clock() - began

        # What is taken out is imported where its name is looked for first: a name that is neither local
        # nor global is a built-in one, and these may be any mapping.
        def postpone(module, names):
            table = module.__dict__

            def bring(name):
                scope = {key: table[key] for key in ("__name__", "__package__", "__path__", "__spec__") if key in table}
                for statement in names[name]:
                    exec(statement, scope)
                for other in names:
                    if other in scope:
                        table.setdefault(other, scope[other])
                return table[name]

            class Postponed(dict):
                def __missing__(self, key):
                    if key in names:
                        return bring(key)
                    raise KeyError(key)

            def attribute(name):
                if name in names:
                    return bring(name)
                raise AttributeError("module %r has no attribute %r" % (module.__name__, name))

            table["__builtins__"] = Postponed(
                {key: value for key, value in vars(builtins).items() if key not in names})
            table["__getattr__"] = attribute

        def postponing_execute(loader, module):
            item = deferred.get(getattr(loader, "path", None))
            if item:
                postpone(module, item["names"])
            return execute(loader, module)

        bootstrap._find_and_load = timed_load
        external.SourceLoader.source_to_code = timed_compile
        if deferred:
            external._LoaderBasics.exec_module = postponing_execute

        # ---- What a call uses

        read, ran = set(), set()

        def watch_reads():
            import types

            class Read(types.ModuleType):
                def __getattribute__(self, name):
                    if not (name.startswith("__") and name.endswith("__")):
                        read.add(object.__getattribute__(self, "__dict__").get("__name__"))
                    return super().__getattribute__(name)

            watched = []
            for module in list(sys.modules.values()):
                if type(module) is types.ModuleType and module is not sys:
                    try:
                        module.__class__ = Read
                        watched.append(module)
                    except TypeError:
                        pass
            return lambda: [setattr(module, "__class__", types.ModuleType) for module in watched]

        def called(function):
            kind = type(function)
            if not isinstance(function, type):
                if kind.__name__ in ("method_descriptor", "wrapper_descriptor", "classmethod_descriptor"):
                    function = function.__objclass__
                elif kind.__name__ == "method-wrapper":
                    function = type(function.__self__)
                elif kind.__name__ != "builtin_function_or_method":
                    function = kind
            name = function.__module__
            if isinstance(name, str):
                read.add(name)
            elif kind.__name__ == "builtin_function_or_method" and not isinstance(function.__self__, type):
                read.add(type(function.__self__).__module__)

        def watch_calls():
            monitoring = getattr(sys, "monitoring", None)
            if monitoring is None:
                import threading

                def hook(frame, event, argument):
                    if event == "call":
                        ran.add(frame.f_code.co_filename)
                    elif event == "c_call":
                        called(argument)
                threading.setprofile(hook)
                sys.setprofile(hook)

                def end():
                    sys.setprofile(None)
                    threading.setprofile(None)
                return end
            events, tool = monitoring.events, monitoring.PROFILER_ID

            def started(code, offset):
                ran.add(code.co_filename)
                return monitoring.DISABLE
            monitoring.use_tool_id(tool, "pare")
            for event in (events.PY_START, events.PY_RESUME):
                monitoring.register_callback(tool, event, started)
            monitoring.register_callback(tool, events.CALL, lambda code, offset, function, first: called(function))
            monitoring.set_events(tool, events.PY_START | events.PY_RESUME | events.CALL)
            return lambda: monitoring.free_tool_id(tool)

        # ---- Imports that could be made later

        def statements():
            import ast
            found = []
            for name, module in sorted(sys.modules.items()):
                path = inside(getattr(module, "__file__", None) or "")
                if path not in own or name == "__main__":
                    continue
                with open(module.__file__, "rb") as file:
                    source = file.read()
                package = name if hasattr(module, "__path__") else name.rpartition(".")[0]
                tree, rows = ast.parse(source), source.split(b"\n")
                for index, node in enumerate(tree.body):
                    if not isinstance(node, (ast.Import, ast.ImportFrom)):
                        continue
                    if getattr(node, "module", None) == "__future__" or any(a.name == "*" for a in node.names):
                        continue
                    text = b"\n".join(rows[node.lineno - 1:node.end_lineno])
                    beside = tree.body[max(index - 1, 0):index] + tree.body[index + 1:index + 2]
                    if node.col_offset or rows[node.end_lineno - 1][node.end_col_offset:].strip()[:1] not in (b"", b"#") or any(
                            other.lineno <= node.end_lineno and other.end_lineno >= node.lineno for other in beside):
                        continue
                    names = []
                    for alias in node.names:
                        if isinstance(node, ast.Import):
                            names.append([alias.asname or alias.name.split(".")[0], alias.name])
                            continue
                        base = node.module or ""
                        if node.level:
                            parts = package.split(".")
                            parts = parts[:len(parts) - node.level + 1]
                            base = ".".join(parts + ([base] if base else []))
                        target = base + "." + alias.name
                        names.append([alias.asname or alias.name, target if target in sys.modules else base])
                    plain = ast.get_source_segment(source.decode("utf-8", "replace"), node)
                    found.append([path, node.lineno, node.end_lineno, plain, names])
            return found

        found = {"phase": "import"}
        try:
            began = clock()
            module = importlib.import_module(module_name)
            found["import"] = clock() - began
            phase[0] = ""
            handler = handler_of(module, found)
            if request["calls"] and callable(handler):
                import inspect
                found["phase"] = "call"
                ends = [watch_reads(), watch_calls()] if audits else []
                phase[0] = "call"
                began = clock()
                found["answer"] = call(handler, request["event"])
                found["call"] = clock() - began
                phase[0] = ""
                for end in reversed(ends):
                    end()
            phase[0] = ""
            if audits:
                files = {}
                for name, module in list(sys.modules.items()):
                    file = getattr(module, "__file__", None)
                    if isinstance(file, str):
                        files[name] = place(file)
                        if file in ran:
                            read.add(name)
                found["files"] = files
                found["used"] = sorted(name for name in read if isinstance(name, str))
                found["statements"] = statements()
            found["phase"] = "done"
        except BaseException as error:
            phase[0] = ""
            found["chain"] = describe(error)
        found["records"] = records
        tell(found, token)
    """#
}
