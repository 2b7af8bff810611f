"""HTTP to other companies: retried, and on a laptop looped back."""

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.util import Retry

from .settings import settings


def web() -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = "storefront/1.0"
    retry = Retry(total=3, backoff_factor=0.2, status_forcelist=[502, 503, 504])
    session.mount("https://", Loopback() if settings.is_local else HTTPAdapter(max_retries=retry))
    return session


class Loopback(BaseAdapter):
    """Answers every request with itself."""

    def send(self, request, **kwargs):
        response = requests.Response()
        response.status_code = 202
        response.request, response.url = request, request.url
        response.headers["Content-Type"] = "application/json"
        body = request.body or b""
        response._content = body if isinstance(body, bytes) else body.encode()
        return response

    def close(self):
        pass
