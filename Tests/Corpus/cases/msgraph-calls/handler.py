"""Mailroom: reads mail and calendars from Microsoft Graph, answers, files documents. Here against recorded answers."""

import asyncio
import json
from pathlib import Path

from graph import client, jobs

ANSWERS = Path(__file__).parent / "answers"


async def work(event):
    recorded = {path.stem: json.loads(path.read_text()) for path in sorted(ANSWERS.glob("*.json"))}
    graph, calls = client.make(recorded)
    done = {}
    for job in event["jobs"]:
        done[job["do"]] = await getattr(jobs, job["do"])(graph, **job.get("with", {}))
    return {"done": done, "calls": calls}


def handler(event, context):
    return asyncio.run(work(event))
