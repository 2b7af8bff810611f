"""A headless Chromium, driven through the DevTools protocol on two pipes: the standard library alone.

https://chromedevtools.github.io/devtools-protocol/; `--remote-debugging-pipe` reads commands from file
descriptor 3 and writes answers to 4, each a JSON document that ends with a NUL byte.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


def find():
    """The browser's path, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    def __init__(self, path):
        self.folder = tempfile.mkdtemp(prefix="pare-browser")
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()

        def connect():
            # Out of the way first: one of them may be 3 or 4 itself.
            commands, answers = os.dup(read_there), os.dup(write_there)
            os.dup2(commands, 3)
            os.dup2(answers, 4)

        self.process = subprocess.Popen(
            [path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
             "--user-data-dir=" + self.folder, "--remote-debugging-pipe", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            close_fds=False, preexec_fn=connect)
        os.close(write_there)
        os.close(read_there)
        self.reader, self.writer = read_here, write_here
        self.buffer, self.count, self.events = b"", 0, []
        targets = self.call("Target.getTargets", session=None)["targetInfos"]
        page = next(t for t in targets if t["type"] == "page")
        self.session = self.call(
            "Target.attachToTarget", {"targetId": page["targetId"], "flatten": True},
            session=None)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, parameters=None, session="own", timeout=60):
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters or {}}
        if session == "own":
            message["sessionId"] = self.session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        return self.wait(lambda m: m.get("id") == message["id"], timeout)

    def wait(self, is_wanted, timeout=60):
        end = time.monotonic() + timeout
        while True:
            while b"\0" in self.buffer:
                text, self.buffer = self.buffer.split(b"\0", 1)
                message = json.loads(text)
                if "method" in message:
                    self.events.append(message)
                if is_wanted(message):
                    if "error" in message:
                        raise RuntimeError(message["error"])
                    return message.get("result", message.get("params"))
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.reader], [], [], left)[0]:
                raise TimeoutError("the browser does not answer")
            self.buffer += os.read(self.reader, 1 << 20)

    def size(self, width, height, scheme="light", scale=1):
        self.call("Emulation.setDeviceMetricsOverride",
                  {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600})
        self.call("Emulation.setEmulatedMedia",
                  {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def load(self, path, timeout=120):
        self.call("Page.navigate", {"url": "about:blank"})
        self.wait(lambda m: m.get("method") == "Page.loadEventFired", timeout)
        self.call("Page.navigate", {"url": "file://" + os.path.abspath(path)})
        self.wait(lambda m: m.get("method") == "Page.loadEventFired", timeout)

    def run(self, expression, timeout=60):
        """The value of a JavaScript expression; a promise is awaited."""
        answer = self.call(
            "Runtime.evaluate",
            {"expression": expression, "returnByValue": True, "awaitPromise": True}, timeout=timeout)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description"))
        return answer["result"].get("value")

    def settle(self):
        self.run("new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))")

    def go(self, hash):
        self.run("location.hash = %s" % json.dumps(hash))
        self.settle()

    def click(self, x, y, count=1):
        for n in range(1, count + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent",
                          {"type": kind, "x": x, "y": y, "button": "left", "clickCount": n})
        self.settle()

    def key(self, key, code=None, text=None):
        codes = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
                 "ArrowDown": 40, "Tab": 9}
        parameters = {"key": key, "windowsVirtualKeyCode": code or codes.get(key, 0)}
        if key == "Enter":
            text = "\r"
        if text:
            parameters["text"] = text
        self.call("Input.dispatchKeyEvent", {"type": "keyDown", **parameters})
        self.call("Input.dispatchKeyEvent", {"type": "keyUp", **parameters})
        self.settle()

    def type(self, text):
        self.call("Input.insertText", {"text": text})
        self.settle()

    def screenshot(self, path, full=False):
        answer = self.call("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": full})
        with open(path, "wb") as file:
            file.write(base64.b64decode(answer["data"]))

    def problems(self):
        """What the page printed as an error, violations of its policy, and requests that left it."""
        found = []
        for event in self.events:
            parameters = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                found.append(parameters["exceptionDetails"].get("exception", {}).get("description", "exception"))
            elif event["method"] == "Log.entryAdded" and parameters["entry"]["level"] == "error":
                found.append(parameters["entry"]["text"])
            elif event["method"] == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith(("file:", "about:")):
                    found.append("request of " + url)
        return found
