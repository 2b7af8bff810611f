"""Time zones, telephone numbers, countries, holidays, distances and shapes: data more than code."""

import gettext

import holidays
import pendulum
import phonenumbers
import pycountry
import shapely
from geopy.distance import geodesic
from geopy.geocoders import get_geocoder_for_service
from phonenumbers import carrier, geocoder, timezone
from shapely.geometry import Point, shape


def handler(event, context):
    when = pendulum.datetime(2026, 3, 29, 1, 30, tz="Europe/Vienna")
    number = phonenumbers.parse(event["phone"], "AT")
    german = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["de"])
    polygon = shape({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]})
    austria = holidays.country_holidays("AT", years=2026)
    return {
        "later": when.add(hours=1).to_iso8601_string(), "german": when.format("dddd", locale="de"),
        "human": when.diff_for_humans(when.add(days=3)), "parsed": pendulum.parse("2026-W05-1").to_date_string(),
        "phone": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        "place": geocoder.description_for_number(number, "de"), "zones": list(timezone.time_zones_for_number(number)),
        "carrier": carrier.name_for_number(phonenumbers.parse("+436641234567"), "en"),
        "country": pycountry.countries.search_fuzzy("Austria")[0].alpha_3, "translated": german.gettext("Austria"),
        "language": pycountry.languages.get(alpha_2="de").name,
        "km": round(geodesic((48.2, 16.37), (47.07, 15.44)).km), "service": get_geocoder_for_service("nominatim").__name__,
        "area": polygon.buffer(1, quad_segs=1).area, "inside": polygon.contains(Point(1, 1)),
        "wkt": shapely.to_wkt(polygon.centroid, rounding_precision=1),
        "holidays": [n for _, n in sorted(austria.items())][:2],
    }
