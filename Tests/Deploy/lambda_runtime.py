"""A Runtime API of one's own, and AWS's runtime client that asks it for events.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html: the client asks for the next invocation, calls the
handler, and posts what it returns to `response`, what it raises to `error`; an import that fails to `init/error`.
"""

import json
import os
import queue
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

VERSION = "/2018-06-01/runtime/"


class RuntimeAPI:
    """Hands out events and keeps what is answered: `("response", value)` or `("error", {"errorType", …})`."""

    def __init__(self):
        self.events, self.answers = queue.Queue(), queue.Queue()
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self):
                # The client is killed while it waits for an event that does not come.
                try:
                    super().handle()
                except ConnectionError:
                    pass

            def do_GET(self):
                assert self.path == VERSION + "invocation/next", self.path
                number, event = api.events.get()
                if event is None:
                    self.close_connection = True
                    return
                body = json.dumps(event).encode()
                self.send_response(200)
                self.send_header("Lambda-Runtime-Aws-Request-Id", f"00000000-0000-4000-8000-{number:012}")
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1000) + 30_000))
                self.send_header(
                    "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:it")
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])) if "Content-Length" in self.headers else b""
                if not body and self.headers.get("Transfer-Encoding") == "chunked":
                    while size := int(self.rfile.readline(), 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                api.answers.put((self.path.rsplit("/", 1)[1], json.loads(body)))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.events.put((0, None))
        self.server.shutdown()
        self.server.server_close()


def call(python, packages, folder, handler, events, name="it", variables={}, timeout=300):
    """What the handler in an unpacked archive answers to each event, called by `awslambdaric`."""
    api = RuntimeAPI()
    environment = {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": ":UTC", "PYTHONDONTWRITEBYTECODE": "1",
        # AWS's own: /var/task is the working folder, and /var/runtime stands behind it.
        "PYTHONPATH": str(packages), "LAMBDA_TASK_ROOT": str(folder), "_HANDLER": handler,
        "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:%d" % api.server.server_port,
        "AWS_LAMBDA_FUNCTION_NAME": name, "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        **variables,
    }
    client = subprocess.Popen(
        [str(python), "-s", "-m", "awslambdaric", handler], cwd=folder, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    answers = []
    try:
        for number, event in enumerate(events):
            api.events.put((number, event))
            until = time.monotonic() + timeout
            while True:
                try:
                    answers.append(api.answers.get(timeout=0.5))
                    break
                except queue.Empty:
                    assert client.poll() is None, f"{name}: the runtime client has ended: {client.stdout.read()[-2000:]}"
                    assert time.monotonic() < until, f"{name}: no answer in {timeout} s"
    finally:
        client.kill()
        client.communicate()
        api.close()
    return answers
