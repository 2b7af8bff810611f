"""OPC UA: the press's nodeset imported in a server, read, called and watched by a client."""

import asyncio
import socket

from asyncua import Client, Server, ua, uamethod


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@uamethod
def stroke_time(parent, length, speed):
    return round(length / speed, 3)


class Watcher:
    def __init__(self):
        self.values, self.arrived = [], asyncio.Event()

    def datachange_notification(self, node, value, data):
        self.values.append(value)
        if len(self.values) > 1:
            self.arrived.set()


async def rehearse(device, setpoint, folder):
    server = Server()
    await server.init()
    url = f"opc.tcp://{device['host']}:{free_port()}/press/"
    server.set_endpoint(url)
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    await server.import_xml(str(folder / "nodesets" / device["nodeset"]))
    space = await server.get_namespace_index("http://acme.example/press")
    unit = await server.nodes.objects.get_child([f"{space}:Press", f"{space}:Force", "0:EngineeringUnits"])
    await unit.write_value(ua.EUInformation(UnitId=4404535, DisplayName=ua.LocalizedText("kN", "en")))
    made = await server.nodes.objects.add_object(space, "Line")
    await made.add_method(space, "StrokeTime", stroke_time, [ua.VariantType.Double, ua.VariantType.Double], [ua.VariantType.Double])
    recipe = await made.add_variable(space, "Recipe", ["a", "b"])
    told = {}
    async with server:
        async with Client(url) as client:
            index = await client.get_namespace_index("http://acme.example/press")
            press = await client.nodes.objects.get_child([f"{index}:Press"])
            force = await press.get_child(f"{index}:Force")
            watcher = Watcher()
            subscription = await client.create_subscription(50, watcher)
            await subscription.subscribe_data_change(force)
            await asyncio.sleep(0.3)
            await force.write_value(ua.Variant(float(setpoint), ua.VariantType.Double))
            await asyncio.wait_for(watcher.arrived.wait(), 10)
            await subscription.delete()
            line = await client.nodes.objects.get_child(f"{index}:Line")
            told["called"] = await line.call_method(f"{index}:StrokeTime", 12.0, 5.0)
            told["watched"] = watcher.values
            told["children"] = sorted([(await n.read_browse_name()).Name for n in await press.get_children()])
            told["type"] = (await client.get_node(await press.read_type_definition()).read_display_name()).Text
            told["access"] = sorted(level.name for level in await force.get_access_level())
            told["unit"] = str((await (await force.get_child("0:EngineeringUnits")).read_value()).DisplayName.Text)
            told["endpoints"] = [e.SecurityPolicyUri for e in await client.get_endpoints()]
            told["recipe"] = await client.get_node(recipe.nodeid).read_value()
            told["state"] = (await client.nodes.server_state.read_value())
            try:
                await press.get_child(f"{index}:Nothing")
            except ua.UaError as error:
                told["error"] = type(error).__name__
    told["state"] = ua.ServerState(told["state"]).name
    told["binary"] = binary()
    return told


def binary():
    from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary, variant_from_binary, variant_to_binary
    from asyncua.common.utils import Buffer

    argument = ua.Argument(Name="speed", DataType=ua.NodeId(11), ValueRank=-1, Description=ua.LocalizedText("m/s", "en"))
    raw = struct_to_binary(argument)
    back = struct_from_binary(ua.Argument, Buffer(raw))
    variant = variant_to_binary(ua.Variant([[1, 2], [3, 4]], ua.VariantType.Int32))
    return [raw.hex(), back.Name, variant.hex(), variant_from_binary(Buffer(variant)).Value, str(ua.NodeId.from_string("ns=2;s=a.b"))]
