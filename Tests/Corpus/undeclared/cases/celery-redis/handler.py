from celery import Celery

app = Celery("shop", broker="redis://queue.internal:6379/0", backend="redis://queue.internal:6379/1")
app.conf.update(task_serializer="json", task_default_queue="orders")


@app.task(name="shop.ship")
def ship(order):
    return f"shipped {order}"


def handler(event, context):
    with app.connection_for_write() as connection:
        transport = connection.transport
        driver = transport.driver_name
    signature = ship.s(event["order"]).set(countdown=5)
    return {
        "driver": driver,
        "backend": type(app.backend).__name__,
        "task": signature.task,
        "local": signature.type(event["order"]),
    }
