import asyncio

from jinja2 import Environment, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

env = Environment(enable_async=True, undefined=StrictUndefined, trim_blocks=True)
ROWS = "{% for row in rows|sort(attribute='n') %}{{ loop.index }}={{ row.n }};{% endfor %}"


async def rows(values):
    return await env.from_string(ROWS).render_async(rows=[{"n": n} for n in values])


def handler(event, context):
    safe = SandboxedEnvironment().from_string("{{ text|wordcount }}").render(text=event["text"])
    return {"rows": asyncio.run(rows(event["values"])), "words": int(safe)}
