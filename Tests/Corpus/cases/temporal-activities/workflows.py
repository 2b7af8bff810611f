"""Code that Temporal runs in its sandbox."""

import asyncio
from dataclasses import dataclass

from temporalio import workflow


@dataclass
class Order:
    id: str
    items: list[str]


@workflow.defn
class Brew:
    @workflow.run
    async def run(self, order: Order) -> str:
        await asyncio.sleep(60)
        return f"{order.id} at {workflow.now():%H:%M}"

    @workflow.query
    def size(self) -> int:
        return 1
