"""Pages of the drill family: a function for each kind, whose layouts differ by the turn of the facts. As papers do, they say more
than is asked: other days, sums and numbers stand beside those that are."""

import datetime

from generator import words

from .. import phrases
from ..blocks import beside, checks, fields, foot, gap, heading, imprint, lines, rule, sums, table, text, title
from ..values import later

RIGHT_OF = {"line_quantity", "line_price", "line_amount", "line_balance"}


def small(facts, key, **values):
    return phrases.small(facts, key).format(**values)


def items(facts, keys, rules="header", fill=None, zebra=None, more=(), after=()):
    """The table of items. `more` are columns that nobody asks for: where, head, cells; `after` are rows that are no items."""
    rows = [[item[key].text for key in keys] for item in facts.items]
    heads, aligns = facts.heads(*keys), ["right" if key in RIGHT_OF else "left" for key in keys]
    facts.extra["columns"] = keys
    for at, head, cells in more:
        heads.insert(at, head)
        aligns.insert(at, "right")
        for row, cell in zip(rows, cells):
            row.insert(at, cell)
    return table(heads, [*rows, *after], aligns, rules, fill, zebra)


def last_rows(pairs, width):
    """Sums as rows of the table above them."""
    return [[*[""] * (width - 2), name, value] for name, value in pairs]


def headed(name, *texts):
    """An address under its heading."""
    return [lines([name], bold=True, size=8.5), gap(-4), lines(texts)]


def day_near(facts, key, low, high):
    """Another day, before or after one of the facts."""
    return facts.style.date(later(datetime.date.fromisoformat(facts.values[key].normal), facts.random.randint(low, high)))


def any_day(facts):
    return facts.style.date(facts.some_day())


def registry(facts):
    return [facts.home.filled(facts.random, line) for line in facts.home.country.registry]


def printed(facts, key):
    """When and where in the paper, by whom: as programs write it at the edge."""
    day, who = day_near(facts, key, 0, 3), facts.writer.person()
    return f"{small(facts, 'printed')} {day} · {small(facts, 'user')} {who} · {small(facts, 'page')} 1"


def fax(facts):
    return f"{small(facts, 'fax')} {facts.writer.phone()}"


def told(pairs):
    return [f"{name} {value}" for name, value in pairs]


def domestic(facts):
    """The number of an account where accounts have no IBAN."""
    return [] if facts.home.country.bank else [(small(facts, "account_no"), str(facts.random.randint(10000000, 99999999)))]


def tax_table(facts):
    """The sums by rate, of which there is one."""
    says = facts.says
    heads = [small(facts, "base"), facts.label("tax_rate"), *(small(facts, key) for key in ("base_sum", "tax_sum", "gross_sum"))]
    row = ["A", says("tax_rate"), says("subtotal"), says("tax_amount"), says("total")]
    return table(heads, [row], ["left", "right", "right", "right", "right"], "lines", 0.93)


def within(facts):
    """The day by which is to be paid, in a sentence; nothing where the page leaves it out."""
    if not facts.has("due_date"):
        return None
    first, last = (datetime.date.fromisoformat(facts.values[key].normal) for key in ("invoice_date", "due_date"))
    return small(facts, "within", n=(last - first).days, v=facts.says("due_date"))


def invoice(facts):
    says, pairs = facts.says, facts.pairs
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    there = headed(small(facts, "ship"), customer[0], facts.writer.street(), facts.writer.town())
    vendor, address = says("vendor_name"), says("vendor_address")
    currency = pairs("currency")
    if facts.turn == 0:
        keys = ["line_sku", "line_description", "line_quantity", "line_price", "line_amount"]
        totals = last_rows([facts.pair("subtotal"), (f"{facts.label('tax_amount')} ({says('tax_rate')})", says("tax_amount")),
                            facts.pair("total")], 5)
        return [beside([lines([vendor], bold=True, size=15)], [title(phrases.title(facts), "right", 15)], at=280), rule(),
                fields([*pairs("invoice_number", "invoice_date", "customer_number", "order_number", "due_date"), *currency], "cells"),
                beside(headed(facts.label("customer_name"), *customer), there, at=250),
                items(facts, keys, "lines", 0.9, after=totals), tax_table(facts), text(small(facts, "sent"), 8),
                imprint([[vendor, *address.split(", "), *registry(facts)[:1]], [*told(pairs("phone", "email")), fax(facts)],
                         told(pairs("iban", "bic", "vendor_vat_id"))])]
    if facts.turn == 1:
        keys = ["line_quantity", "line_sku", "line_description", "line_price", "line_amount"]
        totals = [facts.pair("subtotal"), facts.pair("tax_rate"), facts.pair("tax_amount"), facts.pair("total")]
        left = [lines([vendor], bold=True, size=13), lines([*address.split(", "), *told(pairs("phone", "email", "vendor_vat_id")),
                                                            *registry(facts)])]
        note = [lines([small(facts, "order_text")], size=7.5), fields([*pairs("iban", "bic"), *domestic(facts)], "colon")]
        return [beside(left, [title(phrases.title(facts).upper(), "right", 22), fields(pairs("invoice_number", "invoice_date"), "right")],
                       at=290),
                gap(8), beside(headed(facts.label("customer_name"), *customer), there, at=290),
                fields([*pairs("customer_number", "order_number", "due_date"), *currency], "grid"),
                items(facts, keys, "none", 0.85, 0.95), beside(note, [fields(totals, "boxed")], at=280),
                lines([printed(facts, "invoice_date")], "centre", size=7.5)]
    keys = ["line_description", "line_quantity", "line_price", "line_amount"]
    side = [fields([*pairs("invoice_date", "customer_number", "order_number", "vendor_vat_id"), (small(facts, "page"), "1"), *currency],
                   "columns", 100)]
    number = facts.pair("invoice_number")
    totals = [facts.pair("subtotal"), (f"{says('tax_rate')} {facts.label('tax_amount')}", says("tax_amount")), facts.pair("total")]
    return [lines([f"{vendor} | {address} | {' | '.join(told(pairs('phone', 'email')))}".rstrip("| ")], size=7), rule(), gap(10),
            beside([lines(customer)], side, at=270), title(phrases.title(facts), size=17), lines([" ".join(number)], bold=True),
            items(facts, keys, "header"), sums(totals, at=240), *([text(within(facts))] if within(facts) else []),
            heading(small(facts, "bank")), fields([(facts.label("vendor_name"), vendor), *pairs("iban", "bic"), *domestic(facts)], "above"),
            foot([*registry(facts), fax(facts)])]


def receipt(facts):
    says, pairs = facts.says, facts.pairs
    shop, street = says("merchant_name"), says("merchant_address")
    paid = [facts.pair("payment_method"), facts.pair("amount_paid"), facts.pair("change")]
    count = f"{small(facts, 'items')} {sum(int(item['line_quantity'].text) for item in facts.items)}"
    card = [] if facts.has("change") else [lines([small(facts, "card", n=facts.random.randint(100000, 999999))], size=7)]
    bye = [lines([small(facts, "returns")], "centre", size=6.5), lines([small(facts, "thanks")], "centre")]
    moment = " ".join(filter(None, [says("receipt_date"), says("receipt_time")]))
    if facts.turn == 0:
        tax = facts.pair("tax_amount")
        return [lines([shop], "centre", True, 11), lines([*street.split(", "), *told(pairs("merchant_phone")), small(facts, "hours")],
                                                         "centre", size=7),
                items(facts, ["line_description", "line_quantity", "line_amount"], "none"), rule(),
                sums([facts.pair("total")], at=0, bold=0), sums(paid, at=0, bold=None), *card, sums([tax], at=0, bold=None),
                lines([count], size=7), lines([" ".join(told(pairs("receipt_number", "cashier"))), moment], size=7), *bye]
    if facts.turn == 1:
        bought = [[f"{item['line_quantity'].text} {item['line_description'].text}", item["line_amount"].text] for item in facts.items]
        facts.extra["columns"] = ["line_quantity", "line_description", "line_amount"]
        return [lines([shop, *street.split(", ")], "left", size=8), lines(told(pairs("merchant_phone")) + registry(facts)[:1], size=7),
                title(phrases.title(facts), "centre", 10), fields(pairs("receipt_number", "receipt_date", "receipt_time", "cashier"),
                                                                  "right"),
                table([], bought, ["left", "right"], "none"), rule(), lines([count], "right", size=7),
                sums([facts.pair("tax_amount")], at=60),
                sums([facts.pair("total"), *paid], at=60, bold=0), *card, *bye]
    terminal = f"{small(facts, 'terminal')} {facts.random.randint(10, 99)}"
    return [title(phrases.title(facts), size=10), lines([f"{shop} · {street}"], size=7),
            lines([" · ".join(told(pairs("merchant_phone", "cashier")))], size=7),
            beside([lines(["  ".join(told(pairs("receipt_number")))])], [lines([moment], "right")], at=85),
            items(facts, ["line_quantity", "line_description", "line_amount"], "header", more=[(2, "", ["A"] * len(facts.items))]),
            fields([facts.pair("total")], "boxed"), sums([*paid, facts.pair("tax_amount")], at=30, bold=None), *card,
            lines([f"{terminal} · {count}", *registry(facts)[:1]], size=7), *bye]


def turnover(facts):
    """What came in and what went out, each with what the other leaves empty."""
    amounts = [round(item["line_amount"].normal * 100) for item in facts.items]
    figure = facts.style.figure
    out, into = ([figure(abs(cents)) if sign * cents > 0 else "" for cents in amounts] for sign in (-1, 1))
    return out, into, figure(-sum(cents for cents in amounts if cents < 0)), figure(sum(cents for cents in amounts if cents > 0))


def bank_statement(facts):
    says, pairs = facts.says, facts.pairs
    out, into, spent, earned = turnover(facts)
    number = (small(facts, "account_no"), str(facts.random.randint(10000000, 99999999)))
    office = (small(facts, "branch"), facts.home.filled(facts.random, "##-##-##"))
    about = [(small(facts, "account"), small(facts, "current")), number, office]
    help_at = f"{small(facts, 'helpline')} {facts.writer.phone()}"
    if facts.turn == 0:
        holder = [lines([says("account_holder"), facts.writer.street(), facts.writer.town()])]
        side = [fields([*pairs("statement_number", "statement_date"), *about, (small(facts, "page"), "1")], "right")]
        return [lines([says("bank_name")], bold=True, size=17), lines([help_at], size=7), gap(6), beside(holder, side, at=250),
                title(phrases.title(facts), size=13), fields([*pairs("period_start", "period_end", "iban", "bic")], "cells"),
                fields([facts.pair("opening_balance"), (small(facts, "into"), earned), (small(facts, "out"), spent),
                        facts.pair("closing_balance")], "cells"),
                items(facts, ["line_date", "line_description", "line_amount", "line_balance"], "lines", 0.92),
                lines([small(facts, "interest")], size=7)]
    if facts.turn == 1:
        keys = ["line_date", "line_description", "line_balance"]
        first = facts.pair("opening_balance")
        return [title(phrases.title(facts), "right", 15), beside([lines([says("bank_name")], bold=True),
                                                                  lines([facts.writer.street(), facts.writer.town(), help_at])],
                                                                 [fields([*pairs("account_holder", "statement_number", "statement_date"),
                                                                          *about[:2]], "columns", 120)], at=210),
                fields(pairs("period_start", "period_end"), "grid"), fields([*pairs("iban", "bic")], "space"), fields([first], "apart"),
                items(facts, keys, "boxes", 0.88, more=[(2, small(facts, "out"), out), (3, small(facts, "into"), into)],
                      after=[["", small(facts, "totals"), spent, earned, ""]]),
                fields(pairs("closing_balance"), "apart"), lines([small(facts, "interest")], size=7)]
    keys = ["line_date", "line_description", "line_amount", "line_balance"]
    return [beside([title(phrases.title(facts), size=14)], [lines([f"{says('bank_name')} · {facts.address().text}"], "right", size=7.5)],
                   at=200), rule(),
            beside([fields([*pairs("account_holder", "iban", "bic"), number], "colon")],
                   [fields([*pairs("statement_number", "statement_date", "period_start", "period_end")], "colon")], at=260),
            fields(pairs("opening_balance"), "apart"), items(facts, keys, "header", None, 0.96), fields(pairs("closing_balance"), "apart"),
            sums([(small(facts, "out"), spent), (small(facts, "into"), earned)], at=280, bold=None),
            foot([help_at, small(facts, "interest")])]


def purchase_order(facts):
    says, pairs = facts.says, facts.pairs
    buyer, total = says("buyer_name"), facts.pair("total")
    mine = [buyer, facts.writer.street(), facts.writer.town()]
    supplier = headed(facts.label("supplier_name"), says("supplier_name"), facts.writer.street(), facts.writer.town())
    where = facts.pair("delivery_address")
    there = headed(where[0], *where[1].split(", ")) if where else []
    state = (small(facts, "status"), small(facts, "approved"))
    if facts.turn == 0:
        keys = ["line_sku", "line_description", "line_quantity", "line_price", "line_amount"]
        return [lines([f"{buyer} · {mine[1]} · {mine[2]}"], size=8), rule(), title(phrases.title(facts), "centre", 19),
                beside(supplier, [fields([*pairs("po_number", "order_date", "delivery_date"), state], "right")], at=260),
                beside(headed(facts.label("buyer_name"), *mine), there, at=260),
                items(facts, keys, "lines", 0.9, after=last_rows([total], 5)),
                fields(pairs("payment_terms", "contact_person", "email"), "above"), text(small(facts, "order_text"), 8),
                foot([printed(facts, "order_date")])]
    if facts.turn == 1:
        keys = ["line_description", "line_sku", "line_quantity", "line_price", "line_amount"]
        return [beside([title(phrases.title(facts), size=20)], [lines([buyer], "right", True, 12), lines(mine[1:], "right", size=8)],
                       at=270),
                fields([*pairs("po_number", "order_date", "delivery_date", "payment_terms"), state], "cells"),
                beside(supplier, [*headed(facts.label("buyer_name"), *mine), *there], at=270), items(facts, keys, "lines", 0.85, 0.95),
                beside([lines([small(facts, "order_text")], size=7.5)], [fields([total], "grid")], at=280),
                beside([fields(pairs("contact_person", "email"), "colon")],
                       [lines(["_" * 30, f"{small(facts, 'sign')} ({small(facts, 'approved')})"], size=7)], at=280)]
    keys = ["line_quantity", "line_description", "line_price", "line_amount"]
    return [title(phrases.title(facts), size=15), fields(pairs("po_number", "order_date"), "columns", 120),
            beside(supplier, headed(facts.label("buyer_name"), *mine), at=250),
            rule(), fields(pairs("contact_person", "email", "delivery_address", "delivery_date"), "colon"),
            items(facts, keys, "boxes", 0.93),
            beside([fields(pairs("payment_terms"), "colon"), lines([small(facts, "order_text")], size=7.5)], [fields([total], "apart")],
                   at=270),
            imprint([mine, registry(facts), [small(facts, "hours"), fax(facts)]])]


CLAUSES = ("effective_date", "end_date", "monthly_fee", "deposit", "notice_period", "governing_law")


def clauses(facts):
    """The label and the sentence of each field that the page has."""
    forms = phrases.said(facts, "CLAUSES")
    return [(facts.label(key), forms[key][facts.turn].format(v=facts.says(key))) for key in CLAUSES if facts.has(key)]


def party(facts, key):
    number = small(facts, "registered", n=facts.random.randint(100000, 999999))
    return f"{facts.says(key)}, {facts.address().text}, {number} {small(facts, 'hereafter', v=facts.label(key))}"


def contract(facts):
    pairs = facts.pairs
    first, second = party(facts, "provider_name"), party(facts, "client_name")
    late = small(facts, "late", n=facts.random.randint(14, 60), m=facts.writer.money(10, 90))
    liable = small(facts, "liable", n=facts.random.randint(3, 12), m=facts.writer.money(9000, 90000))
    made = small(facts, "made", d=day_near(facts, "effective_date", -40, -25))
    signed = lines([small(facts, "signed", c=facts.writer.of(words.CITIES), d=day_near(facts, "effective_date", -20, -1))])
    names = [facts.values[key].text for key in ("provider_name", "client_name")]
    signs = beside([lines(["_" * 26, f"{names[0]}, {facts.writer.person()}"], size=8)],
                   [lines(["_" * 26, f"{names[1]}, {facts.writer.person()}"], size=8)], at=245)
    if facts.turn == 0:
        body = [text(f"{at}. {clause}") for at, (_, clause) in enumerate([*clauses(facts), ("", late), ("", liable)], 2)]
        return [title(phrases.title(facts), size=15), text(made), text(f"(1) {first}; {small(facts, 'between')}"), text(f"(2) {second}."),
                text(f"1. {small(facts, 'object')}: {facts.writer.sentence()}"), *body, fields(pairs("contract_number"), "colon"), signed,
                gap(16), signs]
    if facts.turn == 1:
        body = [block for name, clause in clauses(facts) for block in (heading(f"{name}."), text(clause))]
        return [title(phrases.title(facts).upper(), "centre", 13), lines(told(pairs("contract_number")), "centre"), text(made),
                text(f"{first} {small(facts, 'between')} {second}."), heading(f"{small(facts, 'object')}."),
                text(facts.writer.paragraph(2, 3)), *body,
                text(f"{late} {liable}"), signed, gap(16), signs, foot([small(facts, "page") + " 1"])]
    body = [block for at, (_, clause) in enumerate([*clauses(facts), ("", late), ("", liable)], 2)
            for block in (heading(f"{small(facts, 'clause')} {at}"), text(f"{at}.1 {clause}"),
                          *([text(f"{at}.2 {facts.writer.sentence()}")] if at % 2 else []))]
    return [beside([title(phrases.title(facts), size=16)], [lines(told(pairs("contract_number")), "right")], at=280), rule(),
            heading(small(facts, "parties")), text(first),
            text(second), heading(f"{small(facts, 'clause')} 1"), text(f"1.1 {small(facts, 'object')}: {facts.writer.sentence()}"), *body,
            signed, gap(14), signs]


def application_form(facts):
    pairs = facts.pairs
    facts.says("membership_type")
    facts.says("newsletter")
    mine, news = facts.values["membership_type"].normal, facts.values["newsletter"].normal
    kinds = [lines([facts.label("membership_type")], bold=True), checks("",
                                                                        [(word,
                                                                          word == mine) for word in facts.choices("membership_type")])]
    answer = [lines([facts.label("newsletter")]), checks("", [(small(facts, "yes"), news), (small(facts, "no"), not news)])]
    consent = checks("", [(small(facts, "consent"), True)])
    club = facts.extra["club"]
    office = [rule(), lines([small(facts, "office_use")], bold=True, size=7.5),
              fields([(small(facts, "member"), str(facts.random.randint(1000, 9999))), (small(facts, "received_on"), any_day(facts)),
                      (small(facts, "staff"), facts.writer.person())], "cells" if facts.turn == 1 else "space")]
    sign = [gap(18), beside([lines(["_" * 22, small(facts, "stamp")], size=7)], [lines(["_" * 30, small(facts, "sign")], size=7)], at=220)]
    if facts.turn == 0:
        return [lines([f"{club} · {facts.address().text}"], size=8), title(phrases.title(facts), "centre", 17),
                fields(pairs("last_name", "first_name", "birth_date", "street", "postal_code", "city", "phone", "email"), "cells"),
                *kinds, *answer, fields(pairs("iban"), "cells"), consent, *sign, *office]
    if facts.turn == 1:
        return [title(phrases.title(facts), size=20), lines([club], bold=True), *office, heading(small(facts, "person")),
                fields(pairs("first_name", "last_name", "birth_date"), "above"), fields(pairs("street", "city", "postal_code"), "above"),
                fields(pairs("phone", "email", "iban"), "above"), *kinds, checks("", [(facts.label("newsletter"), news)]), consent, *sign]
    return [beside([title(phrases.title(facts), size=15)], [lines([club, *facts.address().text.split(", ")], "right", size=8)], at=240),
            *kinds,
            heading(small(facts, "person")), fields(pairs("last_name", "first_name", "street", "postal_code", "city", "birth_date",
                                                          "phone", "email", "iban"), "right"),
            consent, *answer, *sign, *office]


def letter(facts):
    says, pairs = facts.says, facts.pairs
    sender, address = says("sender_name"), facts.values["sender_address"].text
    recipient = [says("recipient_name"), *facts.extra["recipient_address"]]
    body = [text(f"{small(facts, 'dear')},"), *[text(facts.writer.paragraph(2, 4)) for _ in range(3)], text(small(facts, "close")), gap(16)]
    more = [f"{small(facts, 'enclosed')} 2", f"{small(facts, 'copy')} {facts.writer.person()}"]
    if facts.turn == 0:
        return [lines([sender], "right", True, 15), gap(14), lines([f"{sender} | {address}"], size=6.5), lines(recipient), gap(14),
                fields(pairs("your_reference", "our_reference", "phone", "email", "letter_date"), "cells"),
                lines([says("subject")], bold=True), *body,
                lines([says("signatory")]), lines(more[:1], size=8), imprint([[sender, *address.split(", ")], registry(facts),
                                                                              [small(facts, "hours"), fax(facts)]])]
    if facts.turn == 1:
        return [lines([sender, *address.split(", ")], "centre", size=9),
                lines([" • ".join(told(pairs("phone", "email")))], "centre", size=8), gap(10),
                lines([says("letter_date")]), lines(recipient), fields(pairs("our_reference", "your_reference", "subject"), "columns", 60),
                *body,
                lines([says("signatory"), sender]), lines(more, size=8)]
    place = f"{facts.writer.of(words.CITIES)}, {says('letter_date')}"
    return [beside([lines([sender], bold=True), lines([*address.split(", "), *told(pairs("phone", "email")), fax(facts)], size=8)],
                   [gap(44), lines(recipient)], at=270),
            lines([place], "right"), fields(pairs("subject", "your_reference", "our_reference"), "colon"), *body,
            beside([lines([""])], [lines([sender, says("signatory")])], at=270), foot(registry(facts))]


def delivery_note(facts):
    says, pairs = facts.says, facts.pairs
    supplier = says("supplier_name")
    there = headed(facts.label("customer_name"), says("customer_name"), *facts.extra["customer_address"])
    mine = [supplier, facts.writer.street(), facts.writer.town()]
    bins = [f"{facts.random.choice('ABCD')}{facts.random.randint(1, 40)}" for _ in facts.items]
    taken = beside([lines(["_" * 26, small(facts, "received")], size=7)], [lines(["_" * 26, small(facts, "stamp")], size=7)], at=245)
    freight = pairs("carrier", "package_count", "total_weight")
    if facts.turn == 0:
        return [beside([lines([supplier], bold=True, size=14), lines(mine[1:], size=8)], [title(phrases.title(facts), "right", 18)],
                       at=270),
                fields([*pairs("delivery_note_number", "note_date", "order_number", "contact_person")], "cells"),
                beside(there, [fields(freight, "right")], at=260),
                items(facts, ["line_sku", "line_description", "line_quantity"], "lines", 0.9,
                      more=[(0, "#", [str(at) for at in range(1, len(facts.items) + 1)])]),
                text(small(facts, "sent"), 8), gap(20), taken, foot([printed(facts, "note_date")])]
    if facts.turn == 1:
        return [title(phrases.title(facts).upper(), "centre", 16), beside(headed(facts.label("supplier_name"), *mine), there, at=260),
                fields(pairs("delivery_note_number", "note_date", "order_number"), "grid"),
                fields([*freight, *pairs("contact_person")], "grid"),
                items(facts, ["line_description", "line_sku", "line_quantity"], "none", 0.85, 0.95,
                      more=[(3, small(facts, "ordered"), ["0"] * len(facts.items))]),
                gap(16), taken]
    return [lines([" | ".join(mine)], size=7.5), rule(), beside([gap(10), *there], [title(phrases.title(facts), size=13), fields(
        [*pairs("delivery_note_number", "note_date", "order_number", "contact_person"), (small(facts, "page"), "1")], "columns", 105)],
                                                                at=255),
            items(facts, ["line_quantity", "line_sku", "line_description"], "header", more=[(3, small(facts, "lot"), bins)]),
            fields(freight, "above"), gap(16), taken, imprint([mine, registry(facts), [small(facts, "hours"), fax(facts)]])]


def so_far(facts, key, months):
    return facts.style.money(round(facts.values[key].normal * 100) * months)


def payslip(facts):
    says, pairs = facts.says, facts.pairs
    keys, months = ["line_description", "line_amount"], facts.random.randint(2, 11)
    gross, tax, net = facts.pair("gross_pay"), facts.pair("income_tax"), facts.pair("net_pay")
    social = (small(facts, "social"), facts.extra["social"])
    mine = [says("employer_name"), facts.writer.street(), facts.writer.town()]
    worker = [says("employee_name"), facts.writer.street(), facts.writer.town()]
    year = [(name, so_far(facts, key, months)) for name, key in ((gross[0], "gross_pay"), (tax[0], "income_tax"), (net[0], "net_pay"))]
    amounts = [round(item["line_amount"].normal * 100) for item in facts.items]
    sum_of = [facts.style.figure(cents * months) for cents in amounts]
    hours = [facts.style.figure(16000), *[""] * (len(amounts) - 1)]
    rates = [facts.style.figure(amounts[0] // 160), *[""] * (len(amounts) - 1)]
    about = [(small(facts, "code"), str(facts.random.randint(1, 6))), (small(facts, "leave"), str(facts.random.randint(2, 24)))]
    spent = (small(facts, "employer"), facts.style.money(amounts[0] // 5))
    if facts.turn == 0:
        return [beside(headed(mine[0], *mine[1:], *registry(facts)[:1]), [title(phrases.title(facts), "right", 15)], at=270),
                beside([fields([*pairs("employee_number", "tax_id", "hire_date"), *about], "right")],
                       [gap(10), *headed(facts.label("employee_name"), *worker)], at=270),
                items(facts, keys, "lines", 0.9, more=[(1, small(facts, "hour"), hours), (2, small(facts, "rate"), rates)]),
                fields([gross, social, tax], "dots", 260), fields([net, *pairs("pay_date", "iban")], "cells"),
                fields([(small(facts, "year"), ""), *year, spent], "columns", 160)]
    if facts.turn == 1:
        lower = [tax[0], tax[1], so_far(facts, "income_tax", months)], [social[0], social[1], ""]
        return [beside(headed(*mine), [title(phrases.title(facts), size=14),
                                       fields(pairs("pay_date", "employee_number", "tax_id"), "colon")], at=270), rule(),
                *headed(facts.label("employee_name"), *worker), items(facts, keys, "header", more=[(2, small(facts, "year"), sum_of)]),
                table([small(facts, "deductions"), small(facts, "month"), small(facts, "year")], [*lower], ["left", "right", "right"],
                      "header"),
                beside([fields([*pairs("hire_date", "iban"), *about], "colon")], [fields([gross, net], "boxed")], at=250),
                fields([(small(facts, "year"), ""), year[0], year[2]], "space")]
    return [lines([f"{mine[0]} · {mine[1]} · {mine[2]}"], size=7.5), gap(14), lines(worker), title(phrases.title(facts), size=14),
            fields([*pairs("employee_name", "employee_number", "tax_id", "hire_date", "pay_date"), *about], "cells"),
            items(facts, keys, "none", 0.9, 0.96, after=[list(gross)]),
            sums([(f"– {social[0]}", social[1]), (f"– {tax[0]}", tax[1]), net], at=120),
            fields(pairs("iban"), "right"), fields([(f"{name} ({small(facts, 'year')})", value) for name, value in year], "dots", 260),
            lines([" ".join(spent)], size=8)]


def quote(facts):
    says, pairs = facts.says, facts.pairs
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    supplier = says("supplier_name")
    mine = [facts.writer.street(), facts.writer.town()]
    asked = small(facts, "asked", d=day_near(facts, "quote_date", -20, -2))
    tax = (f"{facts.label('tax_amount')} ({says('tax_rate')})", says("tax_amount"))
    contact = pairs("contact_person", "phone", "email")
    if facts.turn == 0:
        keys = ["line_description", "line_quantity", "line_price", "line_amount"]
        return [beside([lines([supplier], bold=True, size=14), lines([*mine, *told(contact)], size=8)],
                       [gap(30), *headed(facts.label("customer_name"), *customer)], at=270),
                title(phrases.title(facts), size=18), fields(pairs("quote_number", "quote_date", "valid_until"), "cells"),
                text(f"{asked} {facts.writer.sentence()}"),
                items(facts, keys, "lines", 0.9, after=last_rows([facts.pair("subtotal"), tax, facts.pair("total")], 4)),
                text(small(facts, "lead"), 8.5), gap(12), lines([small(facts, "stamp"), "_" * 30], "right", size=8), foot(registry(facts))]
    if facts.turn == 1:
        keys = ["line_description", "line_price", "line_quantity", "line_amount"]
        totals = [facts.pair("subtotal"), facts.pair("tax_rate"), facts.pair("tax_amount"), facts.pair("total")]
        return [beside([title(phrases.title(facts), size=22)], [fields(pairs("quote_number", "quote_date", "valid_until"), "right")],
                       at=260),
                beside(headed(facts.label("supplier_name"), supplier, *mine), headed(facts.label("customer_name"), *customer), at=260),
                items(facts, keys, "none", 0.85, 0.95), beside([fields(contact, "colon"), lines([small(facts, "lead")], size=7.5)],
                                                               [fields(totals, "columns", 120)], at=260),
                lines([printed(facts, "quote_date")], "centre", size=7.5)]
    keys = ["line_quantity", "line_description", "line_price", "line_amount"]
    valid = [text(small(facts, "valid", v=says("valid_until")))] if facts.has("valid_until") else []
    return [lines([f"{supplier} | {' | '.join(mine)}"], size=7.5), rule(),
            beside([lines(customer)], [fields([*pairs("quote_date"), *contact], "columns", 95)], at=240),
            lines([f"{phrases.title(facts)}: {' '.join(facts.pair('quote_number'))}"], bold=True, size=13), text(asked),
            items(facts, keys, "header"),
            fields([facts.pair("subtotal"), tax, facts.pair("total")], "apart"), *valid, text(small(facts, "lead")),
            imprint([[supplier, *mine], registry(facts), [small(facts, "hours"), fax(facts)]])]


def resume(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_period", "line_position", "line_employer"]
    facts.extra["columns"] = keys
    jobs = [[item[key].text for key in keys] for item in facts.items]
    name, post = says("full_name"), says("job_title")
    since = facts.random.randint(1996, 2008)
    learned = f"{facts.writer.of(words.TRADES)}, {facts.writer.of(words.CITIES)}"
    school = [heading(small(facts, "school")), lines([f"{since}–{since + 3}  {learned}"])]
    skills = [heading(small(facts, "skills")), lines([" · ".join(facts.writer.some(words.TRADES, 3))])]
    if facts.turn == 0:
        rows = [beside([lines([period])], [lines([position], bold=True), gap(-4), lines([employer])], at=110) for period, position,
                employer in jobs]
        return [title(phrases.title(facts), size=15), rule(), heading(small(facts, "person")),
                fields(pairs("full_name", "job_title", "birth_date", "street", "postal_code", "city", "phone", "email", "website"),
                       "right"),
                heading(small(facts, "jobs")), *rows, *school, *skills]
    if facts.turn == 1:
        where = " ".join(filter(None, [says("city"), says("postal_code")]))
        reach = " • ".join(filter(None, [says("street"), where, says("phone"), says("email"), says("website")]))
        rows = [block for period, position, employer in jobs for block in (
            beside([lines([employer], bold=True)], [lines([period], "right")], at=300), gap(-6), lines([position]),
                                                                           text(facts.writer.sentence(), 8.5))]
        return [lines([name], "centre", True, 19), lines([reach], "centre", size=8), rule(), lines([post], "centre", True),
                heading(small(facts, "jobs")), *rows, *school,
                *skills, fields(pairs("birth_date"), "colon"), lines([small(facts, "referee")], size=8)]
    person = pairs("full_name", "job_title", "birth_date", "street", "postal_code", "city", "phone", "email", "website")
    return [lines([name], bold=True, size=17), fields(person, "cells"), *skills, heading(small(facts, "jobs")),
            items(facts, ["line_position", "line_employer", "line_period"], "lines", 0.92), *school,
            lines([f"{small(facts, 'languages')}: English, Deutsch, Español"], size=8.5)]
