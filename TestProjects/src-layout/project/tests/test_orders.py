from shop import orders


def test_orders():
    assert orders.handler({}, None)
