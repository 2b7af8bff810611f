"""Calendars and cards that come by mail, mails with their styles inlined, markup cleaned."""

from datetime import date, datetime

import bleach
import icalendar
import recurring_ical_events
import vobject
from bleach.css_sanitizer import CSSSanitizer
from bleach.linkifier import LinkifyFilter
from premailer import Premailer


def handler(event, context):
    calendar = icalendar.Calendar.from_ical(event["calendar"])
    days = [e.start.isoformat() for e in recurring_ical_events.of(calendar).between(date(2026, 3, 1), date(2026, 4, 15))]
    made = icalendar.Event()
    made.add("summary", "Tea")
    made.add("dtstart", datetime(2026, 7, 1, 9, tzinfo=calendar.walk("VEVENT")[0].start.tzinfo))
    made.add("rrule", {"freq": "weekly", "count": 3})
    zones = icalendar.Calendar()
    zones.add("prodid", "-//shop//")
    zones.add_component(made)
    zones.add_missing_timezones()
    card = vobject.readOne(event["card"])
    again = vobject.iCalendar()
    again.add("vevent").add("summary").value = "Ink"
    inlined = Premailer("<style>p{color:red} p:hover{color:blue} h1{margin:0 1px}</style><h1>a</h1><p class=x>b</p>", base_url="https://shop.example", remove_classes=True).transform()
    return {
        "days": days, "made": made.to_ical().decode().split("\r\n")[1:4], "zones": [str(z["TZID"]) for z in zones.walk("VTIMEZONE")],
        "card": [card.fn.value, card.n.value.family, card.email.value, card.tel.type_param], "json": made.to_jcal()[0],
        "again": "SUMMARY:Ink" in again.serialize(), "inlined": 'style="color:red"' in inlined and 'style="margin:0 1px"' in inlined,
        "clean": bleach.clean('<b onclick="x">a</b><script>x</script><i style="color: red; position: fixed">c</i>', tags={"b", "i"},
                              attributes=["style"], css_sanitizer=CSSSanitizer(allowed_css_properties=["color"])),
        "links": bleach.linkify("see shop.example and a@b.com", parse_email=True), "filter": LinkifyFilter.__name__,
    }
