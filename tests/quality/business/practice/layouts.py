"""Pages of the practice family: a function for each kind, whose layouts differ by the turn of the facts."""

import datetime

from generator import words

from .. import phrases
from ..blocks import beside, checks, fields, foot, gap, heading, lines, rule, sums, table, text, title

RIGHT_OF = {"line_quantity", "line_price", "line_amount", "line_balance"}
GOODS = ["line_sku", "line_description", "line_quantity", "line_price", "line_amount"]


def items(facts, keys, rules="header", fill=None, zebra=None, before=(), after=()):
    """The table of items; `before` and `after` are rows that are none."""
    rows = [[item[key].text for key in keys] for item in facts.items]
    facts.extra["columns"] = keys
    return table(facts.heads(*keys), [*before, *rows, *after], ["right" if key in RIGHT_OF else "left" for key in keys], rules, fill, zebra)


def small(facts, key, **values):
    return phrases.small(facts, key).format(**values)


def stacked(pairs, size=7):
    """Every label in small capitals above its value."""
    return [block for name, value in pairs for block in (lines([name.upper()], size=size), gap(-5), lines([value]))]


def inline(pairs, between=" | ", align="left", size=None):
    """All of them in one line."""
    return lines([between.join(f"{name} {value}" for name, value in pairs)], align, size=size)


def under(label, *texts):
    """A name and an address under their label."""
    return [lines([label.upper()], size=7), gap(-5), lines(texts)]


def window(sender, address, *recipient):
    """An address as it shows in the window of an envelope, below the sender's in small type."""
    return [lines([f"{sender} · {address}"], size=6.5), lines(recipient)]


def both_days(facts):
    """A period in one: 1–31 March 2024 where the month is in words, else both days with a word between."""
    start, end = facts.says("period_start"), facts.says("period_end")
    if facts.turn:
        return small(facts, "span", a=start, b=end)
    first = datetime.date.fromisoformat(facts.values["period_start"].normal).day
    return f"{first}{'.' if facts.language == 'de' else ''}–{end}"


def invoice(facts):
    says, pairs = facts.says, facts.pairs
    says("currency")
    rate, tax = (facts.label("tax_rate"), says("tax_rate")), (facts.label("tax_amount"), says("tax_amount"))
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    currency = [] if facts.style.names_currency else [fields(pairs("currency"), "space")]
    if facts.turn == 0:
        numbers = pairs("invoice_number", "invoice_date", "customer_number", "order_number")
        totals = [facts.pair("subtotal"), (f"{tax[0]} ({rate[1]})", tax[1]), facts.pair("total")]
        return [lines([says("vendor_name")], "right", True, 14), lines(says("vendor_address").split(", "), "right", size=8.5),
                inline(pairs("phone", "email"), " · ", "right", 8.5), gap(8),
                beside(window(says("vendor_name"), says("vendor_address"), *customer), stacked(numbers), at=340),
                title(phrases.title(facts), size=14),
                items(facts, GOODS), beside([fields(pairs("due_date"), "space"), *currency], [fields(totals, "boxed")], at=270),
                foot([f"{name} {value}" for name, value in pairs("iban", "bic", "vendor_vat_id")])]
    if facts.turn == 1:
        mine = under(facts.label("vendor_name"), says("vendor_name"), *says("vendor_address").split(", "))
        return [title(phrases.title(facts), size=20), inline(pairs("invoice_number", "invoice_date", "order_number")), rule(),
                beside(mine, under(facts.label("customer_name"), *customer), at=250),
                fields(pairs("customer_number", "vendor_vat_id"), "colon"),
                items(facts, ["line_quantity", "line_description", "line_price", "line_amount"], "boxes", 0.85), *currency,
                sums([facts.pair("subtotal"), rate, tax, facts.pair("total")], at=230), heading(small(facts, "bank")),
                fields(pairs("due_date", "iban", "bic", "phone", "email"), "boxed")]
    keys = ["line_description", "line_sku", "line_price", "line_quantity", "line_amount"]
    numbers = fields(pairs("invoice_date", "invoice_number", "customer_number", "order_number"), "columns", 110)
    return [lines([says("vendor_name")], "centre", True, 17), lines([says("vendor_address")], "centre", size=8), rule(),
            title(phrases.title(facts), "right"), beside([numbers], under(facts.label("customer_name"), *customer), at=290),
            items(facts, keys, "lines", None, 0.95),
            fields([facts.pair("subtotal"), (f"{tax[0]} {rate[1]}", tax[1]), facts.pair("total")], "grid"),
            fields(pairs("due_date"), "space"), text(facts.writer.sentence()), rule(),
            beside([fields(pairs("phone", "email", "vendor_vat_id"), "space")], [fields(pairs("iban", "bic"), "space")], at=230)]


def receipt(facts):
    says, pairs = facts.says, facts.pairs
    shop, street = says("merchant_name"), says("merchant_address")
    paid = [facts.pair("payment_method"), facts.pair("amount_paid"), facts.pair("change")]
    served, moment = pairs("receipt_number", "cashier"), pairs("receipt_date", "receipt_time")
    if facts.turn == 0:
        return [lines([shop], bold=True, size=12), lines([street, *(f"{name} {value}" for name, value in pairs("merchant_phone"))], size=7),
                rule(), items(facts, ["line_description", "line_quantity", "line_amount"], "none"),
                sums([facts.pair("total"), *paid], at=0, bold=0), fields(pairs("tax_amount"), "space"), rule(),
                title(phrases.title(facts), size=9), fields([*moment, *served], "space"), lines([small(facts, "thanks")], size=7)]
    if facts.turn == 1:
        return [title(phrases.title(facts), "centre", 11), lines([shop, *street.split(", ")], "centre"), inline(moment, "  "),
                fields(served, "colon"), items(facts, ["line_quantity", "line_description", "line_amount"], "header"),
                sums([facts.pair("tax_amount"), facts.pair("total")], at=0), sums(paid, at=20, bold=None),
                inline(pairs("merchant_phone"), align="centre"), lines([small(facts, "thanks")], "centre")]
    facts.extra["columns"] = ["line_description", "line_quantity", "line_amount"]
    bought = [[f"{item['line_description'].text} × {item['line_quantity'].text}", item["line_amount"].text] for item in facts.items]
    return [lines([shop], "right", True, 11), lines([street, says("merchant_phone")], "right", size=7), fields([*served, *moment], "colon"),
            table([], bought, ["left", "right"], "lines"), sums([facts.pair("total"), *paid, facts.pair("tax_amount")], at=40, bold=0),
            lines([phrases.title(facts)], "centre")]


def bank_statement(facts):
    says, pairs = facts.says, facts.pairs
    numbers = pairs("statement_number", "statement_date", "iban", "bic")
    if facts.turn == 0:
        keys = ["line_date", "line_description", "line_amount", "line_balance"]
        holder = window(says("bank_name"), facts.address().text, says("account_holder"), *facts.address().text.split(", "))
        return [lines([says("bank_name")], "right", True, 14), beside(holder, stacked(numbers), at=300), title(phrases.title(facts)),
                lines([f"{small(facts, 'period')}: {both_days(facts)}"]), fields(pairs("opening_balance", "closing_balance"), "boxed"),
                items(facts, keys, "header")]
    if facts.turn == 1:
        keys = ["line_date", "line_description", "line_amount", "line_balance"]
        first, last = facts.pair("opening_balance"), facts.pair("closing_balance")
        return [beside([title(phrases.title(facts), size=18)], [lines([says("bank_name")], "right", True)], at=290), rule(),
                fields([*pairs("account_holder"), *numbers, (small(facts, "period"), both_days(facts))], "columns", 150),
                items(facts, keys, "lines", 0.9, None, [["", first[0], "", first[1]]], [["", last[0], "", last[1]]])]
    keys = ["line_description", "line_date", "line_amount", "line_balance"]
    return [lines([says("bank_name")], "centre", True, 15), title(phrases.title(facts), "centre", 12),
            inline([*numbers[:2], *pairs("period_start", "period_end")]), fields(pairs("account_holder"), "space"),
            fields(pairs("iban", "bic"), "space"), items(facts, keys, "none", 0.9, 0.96),
            fields(pairs("opening_balance", "closing_balance"), "dots", 200)]


def purchase_order(facts):
    says, pairs = facts.says, facts.pairs
    supplier = [says("supplier_name"), facts.writer.street(), facts.writer.town()]
    where, total = facts.pair("delivery_address"), facts.pair("total")
    if facts.turn == 0:
        there = under(where[0], *where[1].split(", ")) if where else []
        return [title(phrases.title(facts), "right", 18), lines([says("buyer_name")], bold=True),
                lines([facts.writer.street(), facts.writer.town()], size=8.5), fields(pairs("po_number", "order_date"), "colon"),
                beside(under(facts.label("supplier_name"), *supplier), there, at=260), items(facts, GOODS, "boxes"),
                beside([fields(pairs("payment_terms", "delivery_date"), "colon")], [fields([total], "boxed")], at=280), rule(),
                fields(pairs("contact_person", "email"), "space")]
    if facts.turn == 1:
        side = stacked([*pairs("po_number", "order_date", "delivery_date", "payment_terms"), *([where] if where else [])])
        return [title(phrases.title(facts), "centre"),
                beside([lines(supplier), gap(8), fields(pairs("buyer_name", "contact_person", "email"), "colon")], side, at=270),
                items(facts, ["line_quantity", "line_sku", "line_description", "line_price", "line_amount"], "lines", 0.92),
                sums([total], at=210)]
    return [lines([says("buyer_name")], "right", True, 13), lines([facts.writer.street(), facts.writer.town()], "right", size=8),
            title(phrases.title(facts)), fields(pairs("supplier_name", "po_number", "order_date", "delivery_date"), "grid"),
            text(facts.writer.sentence()), items(facts, [key for key in GOODS if key != "line_sku"], "header"), fields([total], "apart"),
            fields(pairs("delivery_address", "payment_terms"), "columns", 130),
            foot([f"{name} {value}" for name, value in pairs("contact_person", "email")])]


CLAUSES = {"since": "effective_date", "until": "end_date", "fee": "monthly_fee", "pledge": "deposit", "notice": "notice_period",
           "law": "governing_law"}


def contract(facts):
    says, pairs = facts.says, facts.pairs
    provider, client = says("provider_name"), says("client_name")
    told = [(facts.label(key), small(facts, form, v=says(key))) for form, key in CLAUSES.items() if facts.has(key)]
    end = [gap(14), beside([lines(["_" * 24, provider])], [lines(["_" * 24, client])], at=240), lines([small(facts, "sign")], size=7)]
    head = [title(phrases.title(facts), "right" if facts.turn == 1 else "left", 17)]
    if facts.turn == 0:
        body = [text(f"{at}. {clause} {facts.writer.sentence()}") for at, (_, clause) in enumerate(told, 1)]
        return [*head, text(small(facts, "between", a=provider, b=client)), *body, fields(pairs("contract_number"), "space"), *end]
    parties = beside(under(facts.label("provider_name"), provider, facts.writer.street(), facts.writer.town()),
                     under(facts.label("client_name"), client, facts.writer.street(), facts.writer.town()), at=240)
    if facts.turn == 1:
        body = [fields(pairs(*CLAUSES.values()), "boxed"), *[text(facts.writer.paragraph(2, 4)) for _ in range(3)]]
        return [inline(pairs("contract_number"), align="right"), *head, parties, *body, *end]
    body = []
    for at, (name, clause) in enumerate(told, 1):
        body += [heading(f"{small(facts, 'clause')} {at}: {name}"), text(clause)]
    return [*head, fields(pairs("contract_number"), "columns"), heading(small(facts, "parties")), parties, *body, *end]


def application_form(facts):
    pairs = facts.pairs
    facts.says("membership_type")
    facts.says("newsletter")
    mine, news = facts.values["membership_type"].normal, facts.values["newsletter"].normal
    kinds = checks(facts.label("membership_type"), [(word, word == mine) for word in facts.choices("membership_type")])
    wanted = checks("", [(facts.label("newsletter"), news)])
    sign = [gap(24), lines(["_" * 30, small(facts, "sign")], size=8)]
    head = [lines([facts.extra["club"]], "right" if facts.turn else "left", True, 12), title(phrases.title(facts), size=18)]
    if facts.turn == 0:
        return [*head, kinds, fields(pairs("first_name", "last_name", "birth_date", "street", "postal_code", "city"), "below"),
                fields(pairs("email", "phone", "iban"), "below"), wanted, *sign]
    if facts.turn == 1:
        answer = checks(facts.label("newsletter"), [(small(facts, "yes"), news), (small(facts, "no"), not news)])
        return [*head, beside([fields(pairs("last_name", "first_name", "birth_date"), "colon")],
                              [fields(pairs("street", "city", "postal_code"), "colon")], at=245), rule(),
                fields(pairs("phone", "email"), "dots", 150), kinds, answer, fields(pairs("iban"), "space"), *sign]
    person = pairs("last_name", "first_name", "birth_date", "phone", "email", "street", "postal_code", "city")
    return [*head, heading(small(facts, "person")), fields(person, "grid"), heading(small(facts, "bank")), fields(pairs("iban"), "boxed"),
            wanted, kinds, *sign]


def letter(facts):
    says, pairs = facts.says, facts.pairs
    recipient = [says("recipient_name"), *facts.extra["recipient_address"]]
    address = facts.values["sender_address"].text
    dear = text(f"{small(facts, 'dear')} {facts.writer.person().split()[-1]},")
    body = [dear, *[text(facts.writer.paragraph(2, 3)) for _ in range(3)], text(small(facts, "close")), gap(14)]
    if facts.turn == 0:
        return [lines([says("sender_name")], "right", True, 13), lines([address], "right", size=8),
                *window(says("sender_name"), address, *recipient), gap(8),
                fields(pairs("your_reference", "our_reference", "phone", "email"), "below"),
                lines([f"{facts.writer.of(words.CITIES)}, {says('letter_date')}"], "right"), lines([says("subject")], bold=True), *body,
                lines([says("signatory"), says("sender_name")])]
    if facts.turn == 1:
        side = [*under(facts.label("sender_name"), says("sender_name"), *address.split(", ")),
                *stacked(pairs("letter_date", "our_reference", "your_reference", "phone", "email"))]
        return [beside([lines(recipient), gap(20), lines([says("subject")], bold=True), *body, lines([says("signatory")])], side, at=335)]
    return [fields(pairs("recipient_name"), "space"), lines(facts.extra["recipient_address"]), gap(6),
            fields(pairs("letter_date", "subject"), "columns", 110), inline(pairs("our_reference", "your_reference"), " / "), rule(), *body,
            fields(pairs("signatory"), "space"), lines([says("sender_name")], bold=True), foot([says("sender_name"), address]),
            inline(pairs("phone", "email"), size=8)]


def delivery_note(facts):
    says, pairs = facts.says, facts.pairs
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    freight = pairs("carrier", "package_count", "total_weight")
    signed = [text(small(facts, "no_prices")), lines(["_" * 26, small(facts, "sign")], size=8)]
    if facts.turn == 0:
        return [lines([says("supplier_name")], "right", True, 14),
                beside(window(says("supplier_name"), facts.address().text, *customer), stacked(pairs("order_number", "contact_person")),
                       at=320),
                title(phrases.title(facts)), inline(pairs("delivery_note_number", "note_date")),
                items(facts, ["line_quantity", "line_description", "line_sku"]), fields(freight, "grid"), *signed]
    if facts.turn == 1:
        mine = under(facts.label("supplier_name"), says("supplier_name"), facts.writer.street(), facts.writer.town())
        return [title(phrases.title(facts), "right", 18), beside(mine, under(facts.label("customer_name"), *customer), at=245),
                beside([fields(pairs("delivery_note_number", "note_date", "order_number"), "boxed")], [fields(freight, "boxed")], at=245),
                items(facts, ["line_description", "line_sku", "line_quantity"], "boxes", 0.88), fields(pairs("contact_person"), "space"),
                *signed]
    return [lines([says("supplier_name")], bold=True, size=15), rule(),
            beside([lines(customer)], [title(phrases.title(facts), size=14)], at=280),
            fields(pairs("order_number", "delivery_note_number", "note_date", "contact_person"), "dots", 160),
            items(facts, ["line_sku", "line_quantity", "line_description"], "none", 0.9), *signed,
            foot([f"{name} {value}" for name, value in freight])]


def payslip(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_amount"]
    gross, tax, net = facts.pair("gross_pay"), facts.pair("income_tax"), facts.pair("net_pay")
    social = (small(facts, "social"), facts.extra["social"])
    person = pairs("employee_number", "tax_id", "hire_date")
    if facts.turn == 0:
        worker = under(facts.label("employee_name"), says("employee_name"), facts.writer.street(), facts.writer.town())
        return [beside([lines([says("employer_name")], bold=True, size=13)], [title(phrases.title(facts))], at=270),
                beside(worker, stacked(person), at=270), items(facts, keys, "header"), sums([gross], at=120),
                heading(small(facts, "deductions")), sums([social, tax], at=120, bold=None),
                beside([fields(pairs("pay_date", "iban"), "space")], [fields([net], "boxed")], at=270)]
    if facts.turn == 1:
        return [title(phrases.title(facts), "centre", 18), fields(pairs("employee_name", "employer_name", "pay_date"), "grid"),
                inline(person), items(facts, keys, "boxes", 0.9), fields([tax, social], "colon"), fields([gross, net], "grid"),
                fields(pairs("iban"), "colon")]
    return [lines([says("employer_name")], "right", True, 12), lines([facts.writer.street(), facts.writer.town()], "right", size=8),
            title(phrases.title(facts)), fields([net, *pairs("pay_date")], "boxed"),
            fields([*pairs("employee_name"), *person], "columns", 150), items(facts, keys, "lines", None, 0.95),
            fields([gross, tax, social], "dots", 220), foot([f"{name} {value}" for name, value in pairs("iban")])]


def quote(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_quantity", "line_price", "line_amount"]
    rate, tax = (facts.label("tax_rate"), says("tax_rate")), (facts.label("tax_amount"), says("tax_amount"))
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    if facts.turn == 0:
        totals = [facts.pair("subtotal"), (f"{tax[0]} {rate[1]}", tax[1]), facts.pair("total")]
        return [title(phrases.title(facts), size=20),
                beside(under(facts.label("supplier_name"), says("supplier_name"), facts.writer.street(), facts.writer.town()),
                       stacked(pairs("quote_number", "quote_date", "contact_person")), at=300),
                *under(facts.label("customer_name"), *customer), items(facts, keys, "lines", 0.9),
                beside([fields(pairs("valid_until"), "space")], [fields(totals, "boxed")], at=260),
                foot([f"{name} {value}" for name, value in pairs("phone", "email")])]
    if facts.turn == 1:
        return [lines([says("supplier_name")], "centre", True, 16), inline(pairs("contact_person", "phone", "email"), " · ", "centre", 8.5),
                rule(), beside([lines(customer)], [fields(pairs("quote_number", "quote_date"), "colon")], at=260),
                title(phrases.title(facts), size=13), text(facts.writer.sentence()),
                items(facts, ["line_quantity", "line_description", "line_price", "line_amount"], "boxes"),
                fields([facts.pair("subtotal"), rate, tax, facts.pair("total")], "grid"), fields(pairs("valid_until"), "space")]
    return [inline(pairs("quote_number", "quote_date", "valid_until"), align="right"), title(phrases.title(facts)),
            fields(pairs("customer_name"), "space"), lines(facts.extra["customer_address"]), items(facts, keys, "none", 0.88, 0.96),
            sums([facts.pair("subtotal"), (f"{tax[0]} ({rate[1]})", tax[1]), facts.pair("total")], at=200), rule(),
            fields(pairs("supplier_name", "contact_person", "phone", "email"), "columns", 120)]


def resume(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_period", "line_position", "line_employer"]
    facts.extra["columns"] = keys
    jobs = [[item[key].text for key in keys] for item in facts.items]
    skills = [heading(small(facts, "skills")), lines(facts.writer.things(3))]
    name, post = says("full_name"), says("job_title")
    if facts.turn == 0:
        side = stacked(pairs("phone", "email", "website", "street", "postal_code", "city", "birth_date"))
        told = [lines([f"{period}  {position}", employer]) for period, position, employer in jobs]
        return [title(name, size=22), lines([post], bold=True), rule(),
                beside([heading(small(facts, "jobs")), *told, *skills], side, at=310)]
    if facts.turn == 1:
        where = " ".join(filter(None, [says("postal_code"), says("city")]))
        reach = " | ".join(filter(None, [says("street"), where, says("phone"), says("email"), says("website")]))
        told = []
        for period, position, employer in jobs:
            told += [lines([position], bold=True), gap(-5), lines([f"{employer} ({period})"])]
        return [lines([name.upper()], "centre", True, 18), lines([post], "centre"), lines([reach], "centre", size=8.5), *skills,
                heading(small(facts, "jobs")), *told, fields(pairs("birth_date"), "space")]
    person = pairs("full_name", "job_title", "birth_date", "street", "postal_code", "city", "phone", "email", "website")
    return [title(phrases.title(facts), "right", 20), fields(person, "boxed"),
            items(facts, ["line_employer", "line_position", "line_period"], "header"), *skills]
