"""SNMP v3: an agent on loopback, and the gateway's own requests with our compiled MIB."""

import socket

from pysnmp.carrier.asyncio.dgram import udp
from pysnmp.entity import config, engine
from pysnmp.entity.rfc3413 import cmdrsp, context
from pysnmp.hlapi.v3arch import asyncio as hlapi
from pysnmp.proto.api import v2c
from pysnmp.smi import builder, compiler, view


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def agent(device, port, folder):
    snmp = engine.SnmpEngine()
    config.add_transport(snmp, udp.DOMAIN_NAME, udp.UdpTransport().open_server_mode((device["host"], port)))
    config.add_v3_user(snmp, device["user"], getattr(hlapi, device["auth"]), "authkey123", getattr(hlapi, device["privacy"]), "privkey123")
    config.add_vacm_user(snmp, 3, device["user"], "authPriv", (1, 3, 6), (1, 3, 6))
    served = context.SnmpContext(snmp)
    made = served.get_mib_instrum().get_mib_builder()
    made.add_mib_sources(builder.DirMibSource(str(folder / "mibs")))
    made.load_modules(device["mib"])
    (MibScalarInstance,) = made.import_symbols("SNMPv2-SMI", "MibScalarInstance")
    state, name, started = made.import_symbols(device["mib"], "acmeState", "acmeName", "acmeStarted")
    made.export_symbols(
        "__PRESS", MibScalarInstance(state.name, (0,), state.syntax.clone(1)), MibScalarInstance(name.name, (0,), name.syntax.clone("Press 4")),
        MibScalarInstance(started.name, (0,), started.syntax.clone(hexValue="07e80105060708002b0000")))
    for responder in (cmdrsp.GetCommandResponder, cmdrsp.SetCommandResponder, cmdrsp.NextCommandResponder, cmdrsp.BulkCommandResponder):
        responder(snmp, served)
    return snmp


async def rehearse(device, setpoint, folder):
    port = free_port()
    served = agent(device, port, folder)
    client = hlapi.SnmpEngine()
    user = hlapi.UsmUserData(device["user"], "authkey123", "privkey123", authProtocol=getattr(hlapi, device["auth"]), privProtocol=getattr(hlapi, device["privacy"]))
    target = await hlapi.UdpTransportTarget.create((device["host"], port), timeout=3, retries=1)
    told = []

    def named(*names):
        return [hlapi.ObjectType(hlapi.ObjectIdentity(device["mib"], n, 0).add_mib_source(str(folder / "mibs"))) for n in names]

    def keep(answer):
        failed, status, _, bindings = answer
        told.append([str(failed or ""), status.prettyPrint() if status else "", [b.prettyPrint() for b in bindings]])

    keep(await hlapi.get_cmd(client, user, target, hlapi.ContextData(), *named("acmeState", "acmeName", "acmeStarted")))
    change = hlapi.ObjectType(hlapi.ObjectIdentity(device["mib"], "acmeState", 0).add_mib_source(str(folder / "mibs")), "running" if setpoint > 10 else "stopped")
    keep(await hlapi.set_cmd(client, user, target, hlapi.ContextData(), change))
    async for answer in hlapi.walk_cmd(client, user, target, hlapi.ContextData(), hlapi.ObjectType(hlapi.ObjectIdentity("1.3.6.1.4.1.55555")), lexicographicMode=False):
        keep(answer)
    keep(await hlapi.get_cmd(client, user, target, hlapi.ContextData(), hlapi.ObjectType(hlapi.ObjectIdentity("SNMP-FRAMEWORK-MIB", "snmpEngineMaxMessageSize", 0))))
    wrong = hlapi.UsmUserData("nobody")
    keep(await hlapi.get_cmd(client, wrong, target, hlapi.ContextData(), *named("acmeName")))
    served.close_dispatcher()
    client.close_dispatcher()
    return {"told": told, "symbols": symbols(folder, device["mib"]), "v1": trap()}


def symbols(folder, mib):
    made = builder.MibBuilder()
    made.add_mib_sources(builder.DirMibSource(str(folder / "mibs")))
    made.load_modules("SNMPv2-MIB", "RFC1213-MIB", "INET-ADDRESS-MIB", mib)
    seen = view.MibViewController(made)
    return ["::".join(map(str, seen.get_node_location(oid)[:2])) for oid in [(1, 3, 6, 1, 2, 1, 1, 5), (1, 3, 6, 1, 4, 1, 55555, 0, 1), (1, 3, 6, 1, 2, 1, 6, 13, 1, 1)]]


def trap():
    from pyasn1.codec.ber import decoder, encoder

    message = v2c.Message()
    v2c.apiMessage.set_defaults(message)
    v2c.apiMessage.set_community(message, "public")
    pdu = v2c.SNMPv2TrapPDU()
    v2c.apiTrapPDU.set_defaults(pdu)
    v2c.apiPDU.set_request_id(pdu, 77)
    v2c.apiTrapPDU.set_varbinds(pdu, [((1, 3, 6, 1, 2, 1, 1, 1, 0), v2c.OctetString("press"))])
    v2c.apiMessage.set_pdu(message, pdu)
    sent = encoder.encode(message)
    back, rest = decoder.decode(sent, asn1Spec=v2c.Message())
    return [sent.hex(), rest.hex(), [v.prettyPrint() for _, v in v2c.apiPDU.get_varbinds(v2c.apiMessage.get_pdu(back))]]
