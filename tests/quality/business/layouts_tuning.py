"""Pages of the tuning family: a function for each kind, whose layouts differ by the turn of the facts."""

from . import phrases
from .blocks import beside, checks, fields, foot, gap, heading, lines, rule, sums, table, text, title

RIGHT_OF = {"line_quantity", "line_price", "line_amount", "line_balance"}


def items(facts, keys, rules="lines", fill=0.9, zebra=None):
    rows = [[item[key].text for key in keys] for item in facts.items]
    facts.extra["columns"] = keys
    return table(facts.heads(*keys), rows, ["right" if key in RIGHT_OF else "left" for key in keys], rules, fill, zebra)


def small(facts, key):
    return phrases.small(facts, key)


def invoice(facts):
    says, pairs = facts.says, facts.pairs
    numbers = pairs("invoice_number", "invoice_date", "due_date", "customer_number", "order_number")
    keys = ["line_sku", "line_description", "line_quantity", "line_price", "line_amount"]
    rate = says("tax_rate")
    tax = (f"{facts.label('tax_amount')} {rate}", says("tax_amount"))
    totals = [facts.pair("subtotal"), tax, facts.pair("total")]
    says("currency")
    bank = pairs("iban", "bic")
    customer = lines([facts.label("customer_name") if facts.turn != 1 else None, says("customer_name"), *facts.extra["customer_address"]])
    if facts.turn == 0:
        return [lines([says("vendor_name")], bold=True, size=16), lines([says("vendor_address")], size=9),
                fields(pairs("phone", "email", "vendor_vat_id"), "space"), gap(14),
                beside([customer], [fields(numbers, "colon")]), gap(10), title(phrases.title(facts)),
                items(facts, keys), sums(totals), text(facts.writer.sentence()), fields(bank, "colon")]
    if facts.turn == 1:
        return [beside([lines([says("vendor_name"), *says("vendor_address").split(", ")])], [title(phrases.title(facts).upper(), size=20)], at=290), rule(),
                beside([customer], [fields(numbers, "columns", at=95)], at=260), gap(8),
                items(facts, keys, "header", None), sums(totals, at=300), *([] if facts.style.names_currency else [fields(pairs("currency"), "colon")]),
                rule(), fields([*bank, *pairs("vendor_vat_id", "phone", "email")], "colon")]
    return [title(phrases.title(facts), align="centre"), beside([fields(pairs("vendor_name", "vendor_address"), "below")], [customer], at=330),
            fields(numbers, "grid"), gap(6), items(facts, [key for key in keys if key != "line_sku"], "boxes", None),
            *([] if facts.style.names_currency else [fields(pairs("currency"), "colon")]), sums(totals, at=250),
            fields(pairs("vendor_vat_id", "phone", "email"), "colon"), foot([f"{name} {value}" for name, value in bank])]


def receipt(facts):
    says, pairs = facts.says, facts.pairs
    if facts.turn == 2:
        bought = table([], [[f"{item['line_quantity'].text} x {item['line_description'].text}", item["line_amount"].text] for item in facts.items], ["left", "right"], "none")
        facts.extra["columns"] = ["line_quantity", "line_description", "line_amount"]
    else:
        bought = items(facts, ["line_quantity", "line_description", "line_amount"] if facts.turn == 0 else ["line_description", "line_quantity", "line_amount"],
                       "header" if facts.turn else "none", None)
    head = [lines([says("merchant_name")], "centre", True, 11), lines([*says("merchant_address").split(", "), says("merchant_phone")], "centre", size=8)]
    paid = [facts.pair("payment_method"), facts.pair("amount_paid"), facts.pair("change")]
    moment = lines([" ".join(filter(None, [says("receipt_date"), says("receipt_time")]))]) if facts.turn == 0 else fields(pairs("receipt_date", "receipt_time"), "colon")
    return [*head, *([title(phrases.title(facts), "centre", 10)] if facts.turn else []), moment, fields(pairs("receipt_number", "cashier"), "colon"), bought,
            sums([facts.pair("total")], at=0, bold=0), sums([facts.pair("tax_amount"), *paid], at=0, bold=None), lines([small(facts, "thanks")], "centre")]
