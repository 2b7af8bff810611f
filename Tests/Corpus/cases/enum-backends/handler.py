from backends import Backend
from jobs import Job

def handler(event, context):
    store = Backend[event["backend"]].load()
    return {"store": store.put(1), "job": Job(event["job"]).run(), "all": [b.module for b in Backend]}
