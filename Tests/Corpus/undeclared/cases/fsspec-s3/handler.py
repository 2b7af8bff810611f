import fsspec
from fsspec.core import split_protocol

TARGET = "s3://reports/2024/02/29.csv"


def handler(event, context):
    protocol, path = split_protocol(TARGET)
    cls = fsspec.get_filesystem_class(protocol)
    return {"class": cls.__name__, "bucket": cls._strip_protocol(TARGET).split("/")[0], "path": path}
