"""Tasks of a file of the team's own, timers, and spoken dates."""
import datetime
import io
import os
import tempfile

import schedule
from doit.cmd_base import ModuleTaskLoader
from doit.doit_cmd import DoitMain
from doit.reporter import ZeroReporter
from recurrent.event_parser import RecurringEvent

import dodo

class Quiet(ZeroReporter):
    pass

def run(args):
    with tempfile.TemporaryDirectory() as folder:
        dodo.DOIT_CONFIG = {"dep_file": os.path.join(folder, "db.json"), "backend": "json", "reporter": Quiet, "verbosity": 0}
        return DoitMain(ModuleTaskLoader(dodo)).run(args)

def handler(event, context):
    code = run(["run"])
    done = []
    scheduler = schedule.Scheduler()
    job = scheduler.every(10).minutes.do(done.append, 1)
    scheduler.run_all(delay_seconds=0)
    said = RecurringEvent(now_date=datetime.datetime(2024, 1, 1))
    return {"code": code, "ran": dodo.RAN, "jobs": [job.interval, job.unit], "done": done, "rule": said.parse(event["when"])}
