from kombu import Connection

BROKER = "redis://broker.internal/2"


def handler(event, context):
    connection = Connection(BROKER, transport_options={"visibility_timeout": 30})
    info = connection.info()
    return {
        "transport": info["transport"],
        "virtual_host": info["virtual_host"],
        "errors": sorted(e.__name__ for e in connection.connection_errors)[:2],
    }
