from apprise.decorators import notify

LEDGER = []


@notify(on="audit", name="Audit ledger")
def write(body, title, notify_type, meta, *args, **kwargs):
    LEDGER.append((meta["host"], title, str(notify_type)))
    return bool(title)
