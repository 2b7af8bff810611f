"""Numbers that have rules of their own: VAT, IBAN, BIC, ISBN, money in several languages."""

from moneyed import CURRENCIES, Money, get_currency
from moneyed.l10n import format_money
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException
from stdnum import ean, get_cc_module, imsi, isbn, luhn
from stdnum.exceptions import ValidationError


def check(country, kind, number):
    module = get_cc_module(country, kind)
    try:
        return module.validate(number)
    except ValidationError as error:
        return type(error).__name__


def handler(event, context):
    iban = IBAN("DE89 3704 0044 0532 0130 00")
    try:
        IBAN("DE89 3704 0044 0532 0130 01")
    except SchwiftyException as error:
        wrong = type(error).__name__
    made = IBAN.generate("GB", bank_code="NWBK", account_code="31926819", branch_code="601613")
    price = Money("1234.5", "EUR") + Money(1, "EUR") * 2
    return {
        "checked": [check(*one) for one in event["numbers"]],
        "isbn": isbn.format("9780471117094"), "split": isbn.split("9780471117094"), "ean": ean.is_valid("4006381333931"),
        "luhn": luhn.calc_check_digit("7992739871"), "imsi": imsi.info("429011234567890").get("country"),
        "bank": [iban.bank_name, str(iban.bic), iban.country_code], "wrong": wrong, "made": made.compact,
        "bic": [BIC("GENODEM1GLS").country_code, BIC.from_bank_code("DE", "43060967").compact],
        "money": [format_money(price, locale=at) for at in ("de_DE", "en_IN", "fr")], "currency": get_currency("CHF").name,
        "many": len(CURRENCIES) > 100,
    }
