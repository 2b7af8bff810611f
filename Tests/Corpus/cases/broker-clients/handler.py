"""Messages for four brokers, none of them running: frames, topics, connections that fail."""

import asyncio
import ssl

import nats
import paho.mqtt.client as mqtt
import pika
import stomp
from nats.js.api import ConsumerConfig, StreamConfig
from paho.mqtt.properties import PacketTypes, Properties
from paho.mqtt.subscribeoptions import SubscribeOptions
from pika.exchange_type import ExchangeType
from stomp.utils import Frame, convert_frame, parse_frame


async def no_nats():
    try:
        await asyncio.wait_for(nats.connect("nats://127.0.0.1:1", connect_timeout=1, allow_reconnect=False, max_reconnect_attempts=0), 5)
    except (OSError, TimeoutError, nats.errors.Error):
        return "refused"


def handler(event, context):
    parameters = pika.URLParameters(event["url"])
    try:
        pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", 1, connection_attempts=1, socket_timeout=1))
    except pika.exceptions.AMQPConnectionError as error:
        refused = type(error).__name__
    properties = pika.BasicProperties(content_type="application/json", delivery_mode=2, headers={"a": 1, "b": [True, None]})
    frame = pika.frame.Header(1, 3, properties).marshal()
    decoded = pika.frame.decode_frame(frame)[1].properties.headers
    declare = pika.spec.Queue.Declare(queue="orders", durable=True).encode()
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="shop", protocol=mqtt.MQTTv5, transport="websockets")
    client.tls_set_context(ssl.create_default_context())
    made = Properties(PacketTypes.PUBLISH)
    made.UserProperty, made.MessageExpiryInterval = ("a", "1"), 30
    info = client.publish("orders/1", b"x", qos=1, properties=made)
    text = b"".join(convert_frame(Frame("SEND", {"destination": "/queue/a", "x": "a:b"}, "hello")))
    connection = stomp.Connection12([("127.0.0.1", 1)])
    connection.set_listener("print", stomp.PrintingListener())
    return {
        "url": [parameters.host, parameters.virtual_host, parameters.heartbeat, parameters.ssl_options is not None], "refused": refused,
        "headers": decoded, "declare": sum(map(len, declare)) > 0, "exchange": ExchangeType.topic.value, "rc": int(info.rc),
        "properties": made.json(), "matches": mqtt.topic_matches_sub("orders/+/paid", "orders/1/paid"), "options": SubscribeOptions(qos=1, noLocal=True).json(),
        "stomp": text.decode().splitlines()[0], "body": parse_frame(text.rstrip(b"\x00")).body.decode().rstrip("\x00"), "connected": connection.is_connected(),
        "nats": asyncio.run(no_nats()), "stream": StreamConfig(name="s", subjects=["a.*"]).as_dict()["subjects"], "consumer": ConsumerConfig(durable_name="d").durable_name,
    }
