from http.server import BaseHTTPRequestHandler

import lib


class handler(BaseHTTPRequestHandler):
    def do_GET(self):
        pass
