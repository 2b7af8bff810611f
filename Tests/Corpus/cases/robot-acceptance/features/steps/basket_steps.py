from decimal import Decimal

from behave import given, register_type, then, use_step_matcher, when

from shop import Basket, OutOfStock

register_type(Money=lambda text: Decimal(text))
use_step_matcher("parse")


@given('ein leerer Warenkorb in "{currency}"')
def empty(context, currency):
    context.basket = Basket(currency)


@when('ich {count:d} "{item}" einlege')
def put(context, count, item):
    try:
        context.basket.add(item, count)
    except OutOfStock as error:
        context.error = error


@when("ich einlege")
def put_all(context):
    for row in context.table:
        context.execute_steps(f'Wenn ich {row["anzahl"]} "{row["ware"]}" einlege')


@then("kostet er {price:Money}")
def costs(context, price):
    assert context.basket.total() == price, f"{context.basket.total()}"


use_step_matcher("re")


@then(r"ist es (?P<state>ausverkauft|da)")
def state(context, state):
    assert (context.error is not None) == (state == "ausverkauft")
