import ledger


def lambda_handler(event, context):
    return ledger.total(event)
