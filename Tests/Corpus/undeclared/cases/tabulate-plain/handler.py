from tabulate import tabulate


def handler(event, context):
    rows = sorted(event["rows"].items())
    return {
        "github": tabulate(rows, headers=["key", "value"], tablefmt="github"),
        "html": tabulate(rows, tablefmt="unsafehtml"),
    }
