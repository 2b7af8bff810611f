from gen.shop.v1 import orders_pb2

def handler(event, context):
    order = orders_pb2.Order(id=event["id"])
    order.at.FromJsonString("2024-01-01T00:00:00Z")
    order.total.cents = 250
    again = orders_pb2.Order.FromString(order.SerializeToString())
    return {"id": again.id, "cents": again.total.cents, "seconds": again.at.seconds, "name": type(again.total).DESCRIPTOR.full_name}
