"""Task queues in process: entry points, a stub broker, functions named by strings."""

import datetime

import dramatiq
import fakeredis
from apscheduler.schedulers.background import BackgroundScheduler
from dramatiq.brokers.stub import StubBroker
from huey import MemoryHuey, crontab
from rq import Queue, SimpleWorker
from rq.timeouts import TimerDeathPenalty

broker = StubBroker()
dramatiq.set_broker(broker)
huey = MemoryHuey(immediate=True)
done = []


@dramatiq.actor(max_retries=0)
def send(to):
    done.append(f"sent {to}")


@huey.task()
def add(a, b):
    return a + b


@huey.periodic_task(crontab(minute="0", hour="3"))
def nightly():
    pass


class Worker(SimpleWorker):
    death_penalty_class = TimerDeathPenalty

    def _install_signal_handlers(self):
        pass


def handler(event, context):
    worker = dramatiq.Worker(broker, worker_timeout=50, worker_threads=1)
    broker.declare_queue("default")
    worker.start()
    send.send("ada")
    broker.join("default", timeout=5000)
    worker.join()
    worker.stop()
    scheduler = BackgroundScheduler(timezone="UTC")
    job = scheduler.add_job(print, "cron", hour=3, minute=30, id="nightly")
    scheduler.add_job("tasks.mail:deliver", "interval", minutes=5, id="mail", args=["x"])
    scheduler.start(paused=True)
    fire = job.trigger.get_next_fire_time(None, datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc))
    named = sorted(j.id for j in scheduler.get_jobs())
    reference = scheduler.get_job("mail").func_ref
    scheduler.shutdown()
    redis = fakeredis.FakeStrictRedis()
    queue = Queue(connection=redis, default_timeout=-1)
    rq_job = queue.enqueue("tasks.mail.deliver", event["to"])
    Worker([queue], connection=redis).work(burst=True, logging_level="ERROR")
    return {"done": done, "huey": add(2, 3)(), "fire": fire.isoformat(), "jobs": named, "ref": reference,
            "rq": rq_job.return_value(), "status": str(rq_job.get_status().value)}
