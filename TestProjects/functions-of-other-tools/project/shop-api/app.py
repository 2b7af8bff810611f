from chalicelib import money
from chalicelib.framework import Application

app = Application()


@app.schedule(
    "rate(1 day)",
    name="nightly",
)
def close_the_till(event, context):
    from chalicelib import till

    return till.close(money.EURO)


@app.lambda_function()
def refund(event, context):
    return -money.EURO
