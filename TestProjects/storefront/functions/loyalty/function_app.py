"""Points for paid orders. Azure looks for `app` in a file of this name."""

import json

import azure.functions as func

from commerce import Money

app = func.FunctionApp()


@app.function_name("accrue")
@app.queue_trigger(arg_name="message", queue_name="paid-orders", connection="Queues")
def accrue(message: func.QueueMessage) -> str:
    paid = message.get_json()
    amount = Money(paid["cents"])
    points = amount.cents // 100
    return json.dumps({"customer": paid["customer"], "points": points, "for": str(amount)})
