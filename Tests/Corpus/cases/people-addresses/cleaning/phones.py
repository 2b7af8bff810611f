import phonenumbers
from phonenumbers import carrier, geocoder, timezone


def describe(text, contact):
    number = phonenumbers.parse(text, contact.get("country", "US"))
    return {
        "e164": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        "shown": phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL),
        "valid": phonenumbers.is_valid_number(number),
        "place": geocoder.description_for_number(number, "de"),
        "carrier": carrier.name_for_number(number, "en"),
        "zones": list(timezone.time_zones_for_number(number)),
    }
