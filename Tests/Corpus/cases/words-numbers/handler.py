"""Dates, numbers and words in several languages."""

import datetime

import arrow
import dateparser
import humanize
import inflect
from num2words import num2words
from dateutil.rrule import rrulestr


def handler(event, context):
    base = datetime.datetime(2026, 1, 2, 12)
    humanize.i18n.activate("de_DE")
    natural = humanize.naturaldelta(datetime.timedelta(days=3))
    humanize.i18n.deactivate()
    return {
        "parsed": [str(dateparser.parse(t, languages=[l], settings={"RELATIVE_BASE": base})) for l, t in event["texts"]],
        "natural": natural, "size": humanize.naturalsize(1234567), "arrow": arrow.get(base).humanize(arrow.get(base).shift(hours=-2), locale="fr"),
        "plural": inflect.engine().plural("teapot", 3), "words": [num2words(42, lang=l) for l in ("en", "de", "fr")],
        "ordinal": num2words(3, to="ordinal", lang="es"), "rule": [str(d.date()) for d in rrulestr("FREQ=WEEKLY;COUNT=2;BYDAY=MO", dtstart=base)],
    }
