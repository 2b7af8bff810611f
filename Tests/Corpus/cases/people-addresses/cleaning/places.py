import usaddress

MAPPING = {"AddressNumber": "number", "StreetName": "street", "StreetNamePostType": "street", "PlaceName": "city", "StateName": "state", "ZipCode": "zip",
           "OccupancyType": "unit", "OccupancyIdentifier": "unit", "USPSBoxType": "box", "USPSBoxID": "box", "StreetNamePreDirectional": "street"}


def split(text, contact):
    try:
        tagged, kind = usaddress.tag(text, tag_mapping=MAPPING)
    except usaddress.RepeatedLabelError as error:
        return {"kind": "Ambiguous", "parts": len(error.parsed_string)}
    return {"kind": kind, **tagged}
