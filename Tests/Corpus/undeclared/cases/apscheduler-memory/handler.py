from datetime import datetime, timezone

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger


def handler(event, context):
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(len, CronTrigger.from_crontab(event["cron"], timezone="UTC"), args=["x"], id="a")
    scheduler.start(paused=True)
    trigger = scheduler.get_job("a").trigger
    scheduler.shutdown(wait=False)
    now = datetime(2024, 2, 28, 12, tzinfo=timezone.utc)
    return {"next": trigger.get_next_fire_time(None, now).isoformat()}
