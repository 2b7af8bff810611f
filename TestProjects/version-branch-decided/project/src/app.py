import os
import platform
import sys

if sys.version_info >= (3, 11):
    import since_311
elif sys.version_info[:2] == (3, 10):
    import only_310
else:
    import before_310

if sys.platform == "win32":
    import on_windows
if sys.platform.startswith("linux") and os.name == "posix":
    import on_linux
if platform.system() == "Darwin":
    import on_macos
if sys.implementation.name == "cpython":
    import on_cpython
if 0:
    import never

try:
    import tomllib
except ModuleNotFoundError:
    import tomli_of_ours


def handler(event, context):
    return event
