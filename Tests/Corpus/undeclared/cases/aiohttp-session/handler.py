import asyncio

import aiohttp
from yarl import URL


async def prepare(base, names):
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(base_url=base, cookie_jar=jar) as session:
        session.cookie_jar.update_cookies({"sid": "1"}, URL(base))
        form = aiohttp.FormData({"names": ",".join(names)})
        payload = form()
        cookies = session.cookie_jar.filter_cookies(URL(base))
        return {"size": payload.size, "cookies": {k: m.value for k, m in cookies.items()}}


def handler(event, context):
    return asyncio.run(prepare(event["base"], event["names"]))
