from oletools.olevba import VBA_Parser


def findings(name, content, password):
    parser = VBA_Parser(name, data=content)
    try:
        if parser.detect_vba_macros():
            yield 3, "macros"
            for kind, keyword, _ in parser.analyze_macros():
                yield 1, f"{kind}: {keyword}"
    finally:
        parser.close()
