"""Kafka without a broker: record batches, partitions, and a native client that finds nobody."""

import confluent_kafka
from confluent_kafka.admin import AdminClient, NewTopic
from confluent_kafka.serialization import IntegerSerializer, StringDeserializer
from kafka import TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError
from kafka.partitioner.default import murmur2
from kafka.record import MemoryRecords, MemoryRecordsBuilder


def handler(event, context):
    builder = MemoryRecordsBuilder(magic=2, compression_type=1, batch_size=4096)
    for index, value in enumerate(event["values"]):
        builder.append(timestamp=1000 + index, key=b"k", value=value.encode(), headers=[("h", b"1")])
    builder.close()
    records = MemoryRecords(builder.buffer())
    read = [[r.offset, r.key.decode(), r.value.decode()] for batch in iter(records.next_batch, None) for r in batch]
    producer = confluent_kafka.Producer({"bootstrap.servers": "127.0.0.1:1", "message.timeout.ms": 300})
    reports = []
    producer.produce("orders", b"v", callback=lambda error, message: reports.append(error.name()))
    producer.flush(10)
    try:
        admin = AdminClient({"bootstrap.servers": "127.0.0.1:1", "socket.timeout.ms": 300})
        admin.create_topics([NewTopic("t", 1)], operation_timeout=0.2, request_timeout=0.4)["t"].result(5)
    except confluent_kafka.KafkaException as error:
        failed = error.args[0].name()
    return {"read": read, "reports": reports, "failed": failed, "partition": murmur2(b"k") & 0x7FFFFFFF,
            "topic": str(TopicPartition("a", 1).topic), "error": issubclass(KafkaTimeoutError, KafkaError),
            "serialized": IntegerSerializer()(7, None).hex(), "text": StringDeserializer()(b"x", None)}
