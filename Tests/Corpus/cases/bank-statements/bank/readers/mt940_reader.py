import mt940


def entries(content):
    statements = mt940.models.Transactions(processors={
        "pre_statement": [mt940.processors.add_currency_pre_processor("EUR")],
    })
    statements.parse(content.decode("latin-1"))
    for transaction in statements:
        data = transaction.data
        yield {"date": data["date"].isoformat(), "amount": str(data["amount"].amount),
               "currency": data["amount"].currency, "kind": data["id"],
               "text": " ".join((data.get("purpose") or data.get("transaction_details") or "").split()),
               "name": data.get("applicant_name")}
