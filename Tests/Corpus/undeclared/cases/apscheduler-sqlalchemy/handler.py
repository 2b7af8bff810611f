from apscheduler.schedulers.background import BackgroundScheduler

scheduler = BackgroundScheduler(timezone="UTC")
scheduler.add_jobstore("sqlalchemy", url="sqlite:///:memory:", tablename="jobs")


def report(day):
    return day


def handler(event, context):
    scheduler.start(paused=True)
    scheduler.add_job("handler:report", "cron", hour=event["hour"], args=["mon"], id="report")
    job = scheduler.get_job("report")
    answer = {"id": job.id, "trigger": str(job.trigger), "value": job.func(*job.args)}
    scheduler.shutdown(wait=False)
    return answer
