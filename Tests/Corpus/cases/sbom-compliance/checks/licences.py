from license_expression import ExpressionError, get_spdx_licensing

licensing = get_spdx_licensing()


def judge(expression, policy):
    try:
        parsed = licensing.parse(expression, validate=True, strict=True)
    except ExpressionError as error:
        return {"given": expression, "problem": str(error).split(":")[0]}
    keys = licensing.license_keys(parsed)
    return {
        "given": expression,
        "simple": str(parsed.simplify()),
        "refused": sorted(set(keys) & set(policy["refused"])),
        "text": parsed.render("<{symbol.key}>"),
        "aliases": sorted({alias for symbol in parsed.symbols for alias in getattr(symbol, "aliases", ())})[:3],
    }
