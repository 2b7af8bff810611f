from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


def entry(order, summary):
    calendar = Calendar()
    calendar.add("prodid", "-//shop//")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{order['name']}@shop")
    event.add("summary", summary)
    event.add("dtstart", datetime.fromisoformat(order["delivery"] + "T09:00").replace(tzinfo=ZoneInfo(order["zone"])))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return [line for line in calendar.to_ical().decode().splitlines() if line.startswith(("TZID", "DTSTART;", "SUMMARY"))]
