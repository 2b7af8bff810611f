"""Caches in layers: dogpile regions with back-ends by name, requests-cache over a local server, aiocache."""

import asyncio
import os
import tempfile
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests_cache
from aiocache import Cache, cached, caches
from aiocache.lock import RedLock
from aiocache.plugins import HitMissRatioPlugin
from aiocache.serializers import JsonSerializer, PickleSerializer
from dogpile.cache import make_region
from dogpile.cache.api import NO_VALUE
from dogpile.cache.proxy import ProxyBackend
from dogpile.cache.util import kwarg_function_key_generator, sha1_mangle_key
from requests_cache import CachedSession, DO_NOT_CACHE, FileCache, SQLiteCache

asked = []


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        body = b'{"n": 1}'
        self.send_response(200)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(body), "Cache-Control": "max-age=60", "ETag": '"e"'}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Counting(ProxyBackend):
    gets = 0

    def get_serialized(self, key):
        Counting.gets += 1
        return self.proxied.get_serialized(key)

    def get(self, key):
        Counting.gets += 1
        return self.proxied.get(key)


def fetched(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url, out = f"http://127.0.0.1:{server.server_port}", {}
    stores = {"sqlite": SQLiteCache(f"{folder}/http.sqlite"), "memory": "memory", "files": FileCache(f"{folder}/files", serializer="yaml"), "signed": FileCache(f"{folder}/signed", serializer=requests_cache.safe_pickle_serializer(secret_key="s"))}
    for name, backend in stores.items():
        session = CachedSession(backend=backend, expire_after=timedelta(hours=1), cache_control=True, ignored_parameters=["token"], urls_expire_after={"*/no": DO_NOT_CACHE})
        got = [session.get(f"{url}/{name}", params={"token": t, "a": 1}) for t in "xy"] + [session.get(f"{url}/no")]
        out[name] = [[r.from_cache for r in got], got[1].json(), len(session.cache.responses), session.cache.contains(url=f"{url}/{name}?a=1")]
    with requests_cache.disabled():
        server.shutdown()
    return out


async def waited():
    caches.set_config({"default": {"cache": "aiocache.SimpleMemoryCache", "serializer": {"class": "aiocache.serializers.StringSerializer"}, "plugins": [{"class": "aiocache.plugins.HitMissRatioPlugin"}]}})
    default = caches.get("default")
    await default.set("a", 1, ttl=30)
    memory = Cache(Cache.MEMORY, namespace="m:", serializer=JsonSerializer(), plugins=[HitMissRatioPlugin()])
    await memory.multi_set([("x", {"n": 1}), ("y", [2])])
    async with RedLock(memory, "lock", lease=1):
        counter = Cache(Cache.MEMORY, namespace="n:")
        await counter.increment("count", 2)
    calls = []

    @cached(ttl=10, cache=Cache.MEMORY, serializer=PickleSerializer(), key_builder=lambda f, n: f"double:{n}")
    async def double(n):
        calls.append(n)
        return {n * 2}

    values = [sorted(await double(n)) for n in (2, 2, 3)]
    found = [await memory.get("x"), await memory.get("none"), await memory.get("y"), await default.get("a")]
    return found, values, calls, memory.hit_miss_ratio, await counter.get("count"), type(Cache.from_url("memory://")).__name__


def handler(event, context):
    with tempfile.TemporaryDirectory() as folder:
        regions, worked = {}, []
        for name in event["backends"]:
            arguments = {"filename": os.path.join(folder, "cache.dbm")} if name.endswith("dbm") else {}
            region = make_region(function_key_generator=kwarg_function_key_generator, key_mangler=sha1_mangle_key).configure(f"dogpile.cache.{name}", expiration_time=60, arguments=arguments, wrap=[Counting])

            @region.cache_on_arguments(namespace=name)
            def slow(a, b=2):
                worked.append([name, a])
                return {"sum": a + b}

            slow(1), slow(1, b=2), slow(3)
            slow.invalidate(3)
            region.set_multi({"k": 1, "l": 2})
            regions[name] = [slow(1), None if region.get("k") is NO_VALUE else region.get("k"), region.get("none") is NO_VALUE, slow.get(3) is NO_VALUE, region.get_or_create("made", lambda: [7])]
        return {"regions": regions, "worked": worked, "gets": Counting.gets > 0, "http": fetched(folder), "asked": len(asked), "async": asyncio.run(waited()), "files": sorted({p.name.partition(".")[0] for p in Path(folder).iterdir()})}
