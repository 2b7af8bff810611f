"""Tasks of three queues for asyncio: arq on a fake Redis, taskiq in memory, FastStream's test broker."""

import asyncio
import logging
import threading
from datetime import datetime, timedelta, timezone
from unittest import mock

import taskiq
from arq import Retry, create_pool, cron, func
from arq.connections import RedisSettings
from arq.worker import Worker
from fakeredis import TcpFakeServer
from faststream import Context, FastStream, Logger
from faststream.redis import RedisBroker, RedisRouter, StreamSub, TestRedisBroker
from faststream.specification import AsyncAPI
from pydantic import BaseModel
from taskiq import InMemoryBroker, SimpleRetryMiddleware, TaskiqDepends, TaskiqScheduler
from taskiq.schedule_sources import LabelScheduleSource
from taskiq.serializers import JSONSerializer, PickleSerializer

logging.getLogger("arq").setLevel(logging.ERROR)


class Order(BaseModel):
    id: int
    items: list[str] = []


async def price(ctx, name, times=1):
    if ctx["job_try"] < times:
        raise Retry(defer=0.01)
    return {"name": name, "tries": ctx["job_try"], "at": datetime(2027, 1, 1, tzinfo=timezone.utc)}


async def with_arq(event):
    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = RedisSettings(port=server.server_address[1])
    pool = await create_pool(settings)
    jobs = [await pool.enqueue_job("price", event["name"], times=2, _job_id="one"), await pool.enqueue_job("price", "x", _job_id="one"),
            await pool.enqueue_job("short", _defer_by=timedelta(milliseconds=1))]
    nightly = cron(price, name="nightly", hour={3}, minute=30)
    worker = Worker([price, func(price, name="short", max_tries=1)], redis_settings=settings, burst=True, poll_delay=0.01, handle_signals=False, cron_jobs=[nightly])
    with mock.patch("arq.worker.log_redis_info", mock.AsyncMock()):  # the fake has no INFO
        await worker.main()
    nightly.calculate_next(datetime(2027, 1, 1, 12))
    result = await jobs[0].result(timeout=2)
    said = {"result": [result["name"], result["tries"], result["at"].isoformat()], "twice": jobs[1] is None, "status": (await jobs[0].status()).value, "next": nightly.next_run.isoformat(),
            "done": [worker.jobs_complete, worker.jobs_failed, worker.jobs_retried], "failed": str((await jobs[2].result_info()).success)}
    await worker.close()
    await pool.aclose()
    return said


async def with_taskiq(event):
    broker = InMemoryBroker(await_inplace=True).with_middlewares(SimpleRetryMiddleware(default_retry_count=2)).with_serializer(PickleSerializer())
    tries = []

    async def database(context: taskiq.Context = TaskiqDepends()):
        yield context.message.task_name

    @broker.task("shop:add", schedule=[{"cron": "0 6 * * *", "args": [1, 2]}], retry_on_error=True)
    async def add(a: int, b: int, where: str = TaskiqDepends(database)) -> list:
        tries.append(a)
        if a < 0 and len(tries) < 3:
            raise ValueError("negative")
        return [a + b, where]

    await broker.startup()
    results = [await (await add.kiq("3", b)).wait_result() for b in event["numbers"]]
    retried = await (await add.kicker().with_labels(kind="x").kiq(-1, 1)).wait_result()
    source = LabelScheduleSource(broker)
    await source.startup()
    schedules = await TaskiqScheduler(broker, [source]).sources[0].get_schedules()
    await broker.shutdown()
    return {"values": [r.return_value for r in results], "retried": [retried.is_err, str(retried.error), len(tries)], "cron": [s.cron for s in schedules], "json": JSONSerializer().dumpb({"a": 1}).decode()}


async def with_faststream(event):
    broker, router, got = RedisBroker(), RedisRouter(prefix="shop/"), []

    @router.subscriber("orders/{region}")
    @router.publisher("done")
    async def order(body: Order, logger: Logger, message=Context()) -> str:
        got.append([body.id, message.path["region"]])
        return f"{len(body.items)} items"

    @broker.subscriber(stream=StreamSub("stream", batch=True))
    async def streamed(bodies: list[int]):
        got.append(sum(bodies))

    broker.include_router(router)
    app = FastStream(broker, specification=AsyncAPI(title="Shop", version="1"))
    async with TestRedisBroker(broker) as test:
        await test.publish(event["order"], "shop/orders/north")
        await test.publish(7, stream="stream")
        answer = await test.request({"id": 2}, "shop/orders/south")
    document = app.schema.to_specification().to_jsonable()
    return {"got": got, "answer": await answer.decode(), "channels": sorted(document["channels"])[:2], "schemas": sorted(document["components"]["schemas"])[:1], "version": document["asyncapi"], "yaml": "Shop" in app.schema.to_specification().to_json()}


def handler(event, context):
    async def all_of_them():
        return {"arq": await with_arq(event), "taskiq": await with_taskiq(event), "faststream": await with_faststream(event)}

    return asyncio.run(all_of_them())
