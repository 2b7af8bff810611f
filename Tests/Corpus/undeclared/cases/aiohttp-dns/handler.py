import asyncio

import aiohttp


async def resolver(servers):
    resolve = aiohttp.AsyncResolver(nameservers=servers)
    connector = aiohttp.TCPConnector(resolver=resolve, limit=4)
    names = [type(resolve).__name__, connector.limit]
    await connector.close()
    await resolve.close()
    return names


def handler(event, context):
    return asyncio.run(resolver(event["servers"]))
