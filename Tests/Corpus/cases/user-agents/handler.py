"""An edge log is enriched: which browser, which device, which robot. Three libraries and their lists."""

import ua_parser
from device_detector import DeviceDetector, SoftwareDetector
from ua_parser import CachingResolver, Domain, Parser, user_agent_parser
from ua_parser.basic import Resolver as BasicResolver
from ua_parser.caching import Sieve
from ua_parser.loaders import load_builtins, load_lazy_builtins
from user_agents import parse as friendly

HINTS = {"Sec-CH-UA": '"Chromium";v="124", "Google Chrome";v="124"', "Sec-CH-UA-Platform": '"Windows"', "Sec-CH-UA-Platform-Version": '"15.0.0"', "Sec-CH-UA-Mobile": "?0"}


def handler(event, context):
    agents = event["agents"]
    parsed, shown, detected = {}, {}, {}
    basic = Parser(CachingResolver(BasicResolver(load_lazy_builtins()), Sieve(10)))
    for name, agent in agents.items():
        result = ua_parser.parse(agent).with_defaults()
        parsed[name] = [result.user_agent.family, result.user_agent.major, result.os.family, result.device.family, result.device.brand]
        nice = friendly(agent)
        shown[name] = [str(nice), nice.is_mobile, nice.is_bot, nice.is_pc, nice.browser.version_string]
        device = DeviceDetector(agent).parse()
        detected[name] = [device.is_bot(), device.os_name(), device.os_version(), device.client_name(), device.device_brand(), device.device_model(), str(device.device_type())]
    hinted = DeviceDetector("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36", headers=HINTS).parse()
    software = SoftwareDetector("Spotify/8.9.36.616 Android/34 (SM-S918B)").parse()
    return {
        "parsed": parsed, "shown": shown, "detected": detected, "hinted": [hinted.os_name(), hinted.os_version(), hinted.client_name(), hinted.engine()],
        "software": [software.client_name(), software.client_type()], "only": str(basic.parse_os(agents["iphone"]).major),
        "same": basic.parse_user_agent(agents["pixel"]) == ua_parser.parse_user_agent(agents["pixel"]),
        "domains": basic(agents["bot"], Domain.DEVICE | Domain.OS).domains == Domain.DEVICE | Domain.OS,
        "old": user_agent_parser.Parse(agents["firefox"])["os"]["family"], "lists": [len(m) > 100 for m in load_builtins()],
    }
