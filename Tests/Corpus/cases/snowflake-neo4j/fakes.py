"""What stands in for the servers: HTTP with canned answers, and the Bolt protocol, version 4.4."""

import gzip
import json
import socketserver
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def http(answer, seen):
    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            body = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
            seen.append((self.path, body))
            kind, text = answer(self.path, body)
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST

        def log_message(self, *arguments):
            pass

    return start(ThreadingHTTPServer(("127.0.0.1", 0), Requests))


def start(server):
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def pack(value):
    if isinstance(value, tuple):
        return bytes([0xB0 + len(value) - 1, value[0]]) + b"".join(map(pack, value[1:]))
    if isinstance(value, dict):
        return bytes([0xA0 + len(value)]) + b"".join(pack(k) + pack(v) for k, v in value.items())
    if isinstance(value, list):
        return bytes([0x90 + len(value)]) + b"".join(map(pack, value))
    if isinstance(value, str):
        text = value.encode()
        return (bytes([0x80 + len(text)]) if len(text) < 16 else bytes([0xD0, len(text)])) + text
    if isinstance(value, float):
        return b"\xc1" + struct.pack(">d", value)
    return b"\xcb" + struct.pack(">q", value)


def bolt(fields, records, queries):
    class Bolt(socketserver.StreamRequestHandler):
        def handle(self):
            self.rfile.read(20)
            self.wfile.write(b"\x00\x00\x04\x04")
            while True:
                message = b""
                while (size := struct.unpack(">H", self.rfile.read(2).ljust(2, b"\0"))[0]) or not message:
                    if not size:
                        return
                    message += self.rfile.read(size)
                answers = [{}]
                if message[1] == 0x01:
                    answers = [{"server": "Neo4j/4.4.9", "connection_id": "bolt-1"}]
                elif message[1] == 0x10:
                    queries.append(message[4:].decode(errors="ignore"))
                    answers = [{"fields": fields}]
                elif message[1] == 0x3F:
                    answers = [*records, {"type": "r"}]
                elif message[1] == 0x02:
                    return
                for answer in answers:
                    made = pack((0x70, answer)) if isinstance(answer, dict) else pack((0x71, answer))
                    self.wfile.write(struct.pack(">H", len(made)) + made + b"\0\0")
                self.wfile.flush()

    return start(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Bolt))
