import fsspec


def handler(event, context):
    web = fsspec.filesystem("https", skip_instance_cache=True, block_size=0)
    return {
        "protocol": sorted(web.protocol),
        "parent": web._parent(event["url"]),
        "plain": web._strip_protocol(event["url"]),
    }
