def mark_internal(result, generator, request, public):
    for path, methods in result["paths"].items():
        for operation in methods.values():
            operation["x-internal"] = "history" in path
    return result
