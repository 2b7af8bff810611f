from celery import Celery, chain

app = Celery("sums", broker="memory://", backend="cache+memory://")
app.conf.task_always_eager = True
app.conf.task_store_eager_result = False


@app.task
def add(a, b):
    return a + b


@app.task
def double(a):
    return a * 2


def handler(event, context):
    result = chain(add.s(event["a"], event["b"]), double.s())()
    return {"value": result.get(), "state": result.state}
