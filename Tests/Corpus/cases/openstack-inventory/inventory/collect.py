COLLECTORS = {}


def collector(kind):
    def add(function):
        COLLECTORS[kind] = function
        return function
    return add


@collector("servers")
def servers(cloud):
    return [{"id": s.id, "name": s.name, "status": s.status, "flavor": s.flavor.original_name,
             "networks": sorted(s.addresses), "labels": s.metadata} for s in cloud.compute.servers()]


@collector("volumes")
def volumes(cloud):
    return [{"id": v.id, "size": v.size, "encrypted": v.is_encrypted, "attached": len(v.attachments)}
            for v in cloud.block_storage.volumes()]


@collector("networks")
def networks(cloud):
    groups = [{"name": g.name, "open": [r["port_range_min"] for r in g.security_group_rules
                                       if r.get("remote_ip_prefix") == "0.0.0.0/0"]}
              for g in cloud.network.security_groups()]
    return {"networks": [[n.name, n.is_router_external, n.mtu] for n in cloud.network.networks()], "groups": groups}


@collector("images")
def images(cloud):
    return [[i.name, i.disk_format, i.visibility] for i in cloud.image.images()]


@collector("zones")
def zones(cloud):
    return [[z.name, z.type, z.ttl] for z in cloud.dns.zones()]


@collector("buckets")
def buckets(cloud):
    return [[c.name, c.count, c.bytes] for c in cloud.object_store.containers()]
