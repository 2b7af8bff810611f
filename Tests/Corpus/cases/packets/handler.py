"""A mirrored packet is taken apart: by scapy and its layers, by dpkt; certificates and trap data by ASN.1."""

import io

import asn1tools
import dpkt
from dpkt.utils import inet_to_str, mac_to_str
from scapy.config import conf
from scapy.contrib.mqtt import MQTT, MQTTPublish
from scapy.layers.dhcp import BOOTP, DHCP
from scapy.layers.dns import DNS, DNSQR, DNSRR
from scapy.layers.http import HTTP, HTTPRequest
from scapy.layers.inet import ICMP, IP, TCP, UDP, fragment
from scapy.layers.inet6 import ICMPv6EchoRequest, IPv6
from scapy.layers.l2 import ARP, Dot1Q, Ether
from scapy.layers.snmp import SNMP, SNMPget, SNMPvarbind
from scapy.layers.tls.all import TLS, TLSClientHello, TLS_Ext_ServerName, ServerName
from scapy.main import load_contrib, load_layer
from scapy.packet import Raw
from scapy.sendrecv import sniff
from scapy.sessions import TCPSession
from scapy.utils import PcapReader, PcapWriter, hexdump

SPEC = """
Shop DEFINITIONS AUTOMATIC TAGS ::= BEGIN
  Order ::= SEQUENCE { id INTEGER (0..255), name UTF8String, paid BOOLEAN DEFAULT FALSE, kind CHOICE { tea NULL, ink OCTET STRING (SIZE(2)) }, tags SEQUENCE OF IA5String OPTIONAL }
END
"""


def handler(event, context):
    base = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
    client, server = IP(src="10.0.0.1", dst="10.0.0.2"), IP(src="10.0.0.2", dst="10.0.0.1")
    query = DNS(id=7, qd=DNSQR(qname=event["domain"]))
    answer = DNS(id=7, qr=1, qd=query.qd, an=[DNSRR(rrname=event["domain"], rdata="203.0.113.5", ttl=60), DNSRR(rrname=event["domain"], type="TXT", rdata=b"v=1")])
    web = event["payload"].encode()
    hello = TLS(msg=[TLSClientHello(gmt_unix_time=0, random_bytes=b"r" * 28, ciphers=[0x1301], ext=[TLS_Ext_ServerName(servernames=[ServerName(servername=event["domain"].encode())])])])
    packets = [
        base / client / UDP(sport=5000, dport=53) / query, base / server / UDP(sport=53, dport=5000) / answer,
        base / client / TCP(sport=6000, dport=80, flags="PA", seq=1) / Raw(web[:20]), base / client / TCP(sport=6000, dport=80, flags="PA", seq=21) / Raw(web[20:]),
        base / client / TCP(sport=6001, dport=443, flags="PA", seq=1) / hello, base / Dot1Q(vlan=5) / ARP(psrc="10.0.0.1", hwsrc="02:00:00:00:00:01", pdst="10.0.0.9"), base / IPv6(src="2001:db8::2", dst="2001:db8::1") / ICMPv6EchoRequest(data=b"x"),
        base / client / UDP(sport=68, dport=67) / BOOTP(xid=3) / DHCP(options=[("message-type", "discover"), ("hostname", b"pot"), "end"]),
        base / client / UDP(sport=9000, dport=161) / SNMP(community="public", PDU=SNMPget(id=1, varbindlist=[SNMPvarbind(oid="1.3.6.1.2.1.1.1.0")])),
    ]
    stream = io.BytesIO()
    writer = PcapWriter(stream, linktype=1)
    for n, packet in enumerate(packets):
        packet.time = 1767323045 + n
        writer.write(packet)
    writer.flush()
    content = stream.getvalue()
    read = [p for p in PcapReader(io.BytesIO(content))]
    whole = [p for p in sniff(offline=io.BytesIO(content), quiet=True, session=TCPSession) if HTTPRequest in p]
    load_contrib("gtp")
    load_layer("ntp")
    seen = []
    for when, buffer in dpkt.pcap.Reader(io.BytesIO(content)):
        frame = dpkt.ethernet.Ethernet(buffer)
        if isinstance(frame.data, dpkt.ip.IP) and isinstance(frame.data.data, dpkt.udp.UDP) and frame.data.data.sport == 53:
            names = dpkt.dns.DNS(frame.data.data.data)
            seen.append([when, mac_to_str(frame.src), inet_to_str(frame.data.src), [a.name for a in names.an], inet_to_str(names.an[0].rdata)])
    published = MQTT(bytes(MQTT(QOS=1) / MQTTPublish(topic="shop/tea", msgid=2, value=b"brew")))
    parts = fragment(client / ICMP() / (b"x" * 100), fragsize=48)
    order = {"id": 7, "name": "Té", "kind": ("ink", b"ab"), "tags": ["a"]}
    coded = {codec: asn1tools.compile_string(SPEC, codec).encode("Order", order).hex() for codec in ("ber", "der", "per", "uper", "oer", "jer", "xer")}
    try:
        asn1tools.compile_string(SPEC, "uper").encode("Order", {"id": 300}, check_constraints=True)
        wrong = None
    except asn1tools.errors.Error as error:
        wrong = str(error)
    return {
        "layers": [[layer.__name__ for layer in p.layers()] for p in read], "summary": read[1][DNS].summary(), "http": [w[HTTPRequest].Path.decode() for w in whole], "name": read[4][TLS].msg[0].ext[0].servernames[0].servername.decode(), "dhcp": read[7][DHCP].options[:2][0][1],
        "snmp": read[8][SNMP].community.val.decode(), "seen": seen, "published": [published.topic.decode(), published.msgid], "parts": [[p.frag, len(p)] for p in parts], "checksum": IP(bytes(client / UDP())).chksum,
        "answers": packets[1][IP].answers(packets[0][IP]), "loaded": [any(layer.__name__ == name for layer in conf.layers) for name in ("NTP", "GTPHeader", "BTLE")],
        "hex": hexdump(b"tea", dump=True).split()[1], "coded": coded, "back": str(asn1tools.compile_string(SPEC, "der").decode("Order", bytes.fromhex(coded["der"]))["kind"]), "wrong": wrong, "protocol": HTTP.__name__,
    }
