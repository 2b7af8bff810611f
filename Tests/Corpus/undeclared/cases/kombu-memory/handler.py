from kombu import Connection, Exchange, Queue

orders = Queue("orders", Exchange("shop"), routing_key="orders")


def handler(event, context):
    seen = []
    with Connection("memory://") as connection:
        producer = connection.Producer(serializer="json")
        for order in event["orders"]:
            producer.publish(order, exchange=orders.exchange, routing_key="orders", declare=[orders])
        with connection.Consumer(orders, callbacks=[lambda b, m: (seen.append(b), m.ack())]):
            while len(seen) < len(event["orders"]):
                connection.drain_events(timeout=2)
    return {"seen": seen}
