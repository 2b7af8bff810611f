from oletools import mraptor, olevba


def findings(name, content, password):
    text = content.decode("utf-8", "replace")
    scanner = olevba.VBA_Scanner(text)
    for kind, keyword, description in scanner.scan(include_decoded_strings=True):
        if kind != "Hex String":
            yield 1, f"{kind}: {keyword}"
    raptor = mraptor.MacroRaptor(text)
    raptor.scan()
    if raptor.suspicious:
        yield 5, f"raptor {raptor.get_flags()} {sorted(raptor.matches)[:2]}"
