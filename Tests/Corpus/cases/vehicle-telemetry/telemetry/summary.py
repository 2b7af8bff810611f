from cantools.database.namedsignalvalue import NamedSignalValue


def of(database, message):
    decoded = database.decode_message(message.arbitration_id, bytes(message.data))
    return {name: str(value) if isinstance(value, NamedSignalValue) else round(float(value), 2) for name, value in decoded.items()}
