"""What a network inventory function does with the output of devices, and with none that answers."""

from netaddr import EUI, IPAddress, IPNetwork, IPSet, cidr_merge, mac_cisco
from netmiko import ConnectHandler, NetmikoTimeoutException, platforms
from netmiko.utilities import get_structured_data_textfsm, get_structured_data_ttp
from ntc_templates.parse import parse_output
from ttp import ttp

TEMPLATE = """
<doc>interfaces of a router</doc>
<vars>hostname = "r1"</vars>
<lookup name="tenants" load="ini">
[vrf]
CPE1 = Shop
</lookup>
<macro>
def short(data):
    return data[:2].upper()
</macro>
<group name="interfaces">
interface {{ name }}
 description {{ description | re(".+") | macro("short") }}
 ip address {{ ip | to_ip | record("address") }}/{{ mask }}
 vrf {{ vrf | lookup("tenants.vrf", add_field="tenant") }}
! {{ _end_ }}
</group>
<output name="table" format="csv" returner="self" path="interfaces"/>
"""


def handler(event, context):
    brief = "show ip interface brief"
    rows = parse_output(platform=event["platform"], command=brief, data=event["output"])
    same = get_structured_data_textfsm(event["output"], platform=event["platform"], command=brief)
    parser = ttp(data=event["config"], template=TEMPLATE)
    parser.parse(one=True)
    plain = get_structured_data_ttp(event["config"], template="interface {{ name }}\n description {{ text }}")
    try:
        ConnectHandler(device_type="cisco_xe", host="127.0.0.1", port=1, username="u", password="p", conn_timeout=2)
        reached = True
    except NetmikoTimeoutException as error:
        reached = str(error).splitlines()[0]
    try:
        ConnectHandler(device_type="toaster", host="127.0.0.1")
        unknown = None
    except ValueError as error:
        unknown = str(error).splitlines()[0]
    card = EUI(event["mac"], dialect=mac_cisco)
    network = IPNetwork("10.1.0.0/22")
    free = IPSet([network]) - IPSet(["10.1.1.0/24"])
    return {
        "rows": rows, "same": same == rows, "table": parser.result()[0], "ttp": plain[0][0][1]["name"],
        "reached": reached, "unknown": unknown, "platforms": [len(platforms) > 100, "juniper_junos" in platforms],
        "mac": [str(card), card.oui.registration().org, str(card.ipv6_link_local())],
        "free": [str(n) for n in free.iter_cidrs()], "merged": [str(n) for n in cidr_merge(["10.0.0.0/24", "10.0.1.0/24"])],
        "registry": IPAddress("224.0.0.1").info.Multicast[0]["descr"],
        "v4": [r["designation"] for r in IPAddress("192.0.2.1").info.IPv4],
    }
