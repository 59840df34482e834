"""Pages of the exercise family: a function for each kind, whose layouts differ by the turn of the facts."""

from .. import phrases
from ..blocks import beside, checks, fields, foot, gap, heading, lines, rule, sums, table, text, title

RIGHT_OF = {"line_quantity", "line_price", "line_amount", "line_balance"}
GOODS = ["line_description", "line_sku", "line_quantity", "line_price", "line_amount"]


def items(facts, keys, rules="lines", fill=None, zebra=None):
    """The table of items."""
    rows = [[item[key].text for key in keys] for item in facts.items]
    facts.extra["columns"] = keys
    return table(facts.heads(*keys), rows, ["right" if key in RIGHT_OF else "left" for key in keys], rules, fill, zebra)


def small(facts, key, **values):
    return phrases.small(facts, key).format(**values)


def captioned(label, *texts):
    """A name and an address below their label, which is bold."""
    return [lines([label], bold=True), gap(-4), lines(texts)]


def place(facts):
    return [facts.writer.street(), facts.writer.town()]


def letterhead(facts, name, *texts, align="left"):
    """Who sends the paper, in a line and what is told in another."""
    return [lines([name], align, True, 15), gap(-4), lines([" – ".join(filter(None, texts))], align, size=8)]


def figures(pairs, rules="lines", fill=None):
    """Names and figures in a table without a head."""
    return table([], [list(pair) for pair in pairs if pair], ["left", "right"], rules, fill)


def joined(pairs):
    return [f"{name}: {value}" for name, value in pairs]


def totals(facts):
    """The rate beside the name of the tax."""
    rate = facts.says("tax_rate")
    return [facts.pair("subtotal"), (f"{facts.label('tax_amount')} ({rate})", facts.says("tax_amount")), facts.pair("total")]


def currency(facts):
    facts.says("currency")
    return [] if facts.style.names_currency else [fields(facts.pairs("currency"), "colon")]


def invoice(facts):
    says, pairs = facts.says, facts.pairs
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    if facts.turn == 0:
        bank = pairs("iban", "bic")
        return [lines([says("vendor_name")], "right", True, 15), lines([says("vendor_address")], "right", size=8.5),
                title(phrases.title(facts), size=22), fields(pairs("invoice_number", "invoice_date", "due_date"), "grid"),
                beside(captioned(facts.label("customer_name"), *customer),
                       [fields(pairs("customer_number", "order_number"), "columns", 100)],
                       at=240),
                *currency(facts), items(facts, GOODS, "header", None, 0.95), fields(totals(facts), "apart"),
                *([heading(small(facts, "bank"))] if bank else []), fields(bank, "dots", 170),
                foot(joined(pairs("vendor_vat_id", "phone", "email")))]
    if facts.turn == 1:
        mine = pairs("vendor_name", "vendor_address", "vendor_vat_id", "phone", "email")
        numbers = pairs("invoice_number", "invoice_date", "order_number", "customer_number", "due_date")
        return [beside([title(phrases.title(facts), size=18)], [fields(numbers, "columns", 110)], at=230), rule(),
                *captioned(facts.label("customer_name"), *customer), items(facts, ["line_sku", *GOODS[:1], *GOODS[2:]], "lines", 0.85),
                sums(totals(facts), at=240), *currency(facts), text(facts.writer.sentence()), fields(pairs("iban", "bic"), "boxed"), rule(),
                fields(mine, "columns", 120)]
    head = f"{facts.label('invoice_number')} {says('invoice_number')}"
    rate, tax = facts.pair("tax_rate"), facts.pair("tax_amount")
    return [beside([lines(customer)], [lines([says("vendor_name")], bold=True), gap(-4), lines(says("vendor_address").split(", ")),
                                       fields(pairs("phone", "email", "vendor_vat_id"), "space")], at=290),
            gap(16), title(head, "centre", 14), fields(pairs("invoice_date", "due_date", "customer_number", "order_number"), "below"),
            items(facts, ["line_quantity", "line_description", "line_price", "line_amount"], "boxes", 0.9), *currency(facts),
            figures([facts.pair("subtotal"), rate, tax, facts.pair("total")], "header"), fields(pairs("iban", "bic"), "space"),
            text(facts.writer.sentence(), 8.5)]


def receipt(facts):
    says, pairs = facts.says, facts.pairs
    shop, street = says("merchant_name"), says("merchant_address")
    paid = [facts.pair("payment_method"), facts.pair("amount_paid"), facts.pair("change")]
    served, moment = pairs("receipt_number", "cashier"), pairs("receipt_date", "receipt_time")
    if facts.turn == 0:
        return [title(phrases.title(facts), "centre", 12), fields([*moment, *served], "apart"), rule(),
                items(facts, ["line_description", "line_quantity", "line_amount"], "header"), fields([facts.pair("total")], "apart"),
                sums([facts.pair("tax_amount"), *paid], at=0, bold=None), rule(), lines([shop, *street.split(", ")], "centre", size=8),
                lines([f"{name} {value}" for name, value in pairs("merchant_phone")], "centre", size=7)]
    if facts.turn == 1:
        return [lines([shop], bold=True, size=11), lines(street.split(", ")), fields(pairs("merchant_phone"), "space"), rule(),
                items(facts, ["line_amount", "line_description", "line_quantity"], "none"), rule(),
                sums([facts.pair("total")], at=30, bold=0),
                fields([pair for pair in paid if pair], "colon"), fields(pairs("tax_amount"), "colon"), rule(),
                lines([phrases.title(facts)], bold=True), fields([*served, *moment], "space"), lines([small(facts, "thanks")], "right")]
    bought = []
    for item in facts.items:
        bought += [lines([item["line_description"].text]), gap(-5),
                   sums([(f"{item['line_quantity'].text} ×", item["line_amount"].text)], at=12, bold=None), gap(-6)]
    facts.extra["columns"] = ["line_description", "line_quantity", "line_amount"]
    return [lines([shop], "centre", True, 12), lines([street], "centre", size=7), title(phrases.title(facts), size=9),
            fields(moment, "space"),
            rule(), *bought, gap(6), rule(), sums([facts.pair("total")], at=0, bold=0),
            sums([facts.pair("tax_amount"), *paid], at=0, bold=None),
            fields([*served, *pairs("merchant_phone")], "colon"), lines([small(facts, "thanks")], "centre")]


def bank_statement(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_date", "line_description", "line_amount", "line_balance"]
    numbers, days = pairs("statement_number", "statement_date"), pairs("period_start", "period_end")
    balances = pairs("opening_balance", "closing_balance")
    if facts.turn == 0:
        account = pairs("account_holder", "iban", "bic")
        return [title(phrases.title(facts), size=17), lines([says("bank_name")]), rule(), fields(account, "space"),
                fields([*numbers, *days], "grid"), heading(small(facts, "movements")), items(facts, keys, "boxes", 0.9),
                fields(balances, "below")]
    if facts.turn == 1:
        side = [lines([says("account_holder")], bold=True), gap(-4), lines(place(facts))]
        return [lines([says("bank_name")], "centre", True, 16), rule(), beside(side, [fields(pairs("iban", "bic"), "colon")], at=230),
                title(phrases.title(facts)), fields([*numbers, *days], "dots", 200), figures(balances, "lines"),
                items(facts, keys, "header", None, 0.95)]
    return [beside([lines([says("bank_name")], bold=True, size=13)], [title(phrases.title(facts), size=13)], at=250),
            fields(pairs("account_holder", "iban", "bic"), "boxed"), beside([fields(days, "colon")], [fields(numbers, "colon")], at=250),
            fields(balances[:1], "apart"), items(facts, keys, "lines"), fields(balances[1:], "apart")]


def purchase_order(facts):
    says, pairs = facts.says, facts.pairs
    supplier = [says("supplier_name"), *place(facts)]
    where, total = facts.pair("delivery_address"), facts.pair("total")
    if facts.turn == 0:
        mine = [*captioned(facts.label("buyer_name"), says("buyer_name"), *place(facts)), fields(pairs("contact_person", "email"), "space")]
        return [title(phrases.title(facts), "centre", 18), fields(pairs("po_number", "order_date", "delivery_date"), "grid"),
                beside(captioned(facts.label("supplier_name"), *supplier), mine, at=250),
                items(facts, ["line_sku", *GOODS[:1], *GOODS[2:]], "lines", 0.9),
                sums([total], at=240), fields([*([where] if where else []), *pairs("payment_terms")], "dots", 170)]
    if facts.turn == 1:
        there = captioned(where[0], *where[1].split(", ")) if where else []
        return [lines([says("buyer_name")], bold=True, size=15), gap(-4), lines([" – ".join(place(facts))], size=8), rule(),
                beside([title(phrases.title(facts), size=15), fields(pairs("po_number", "order_date"), "space")],
                       captioned(facts.label("supplier_name"), *supplier), at=280),
                items(facts, GOODS, "header", None, 0.95), fields([total], "apart"),
                beside([fields(pairs("delivery_date", "payment_terms"), "colon")], there, at=280),
                foot(joined(pairs("contact_person", "email")))]
    return [lines(supplier), gap(8), title(f"{phrases.title(facts)} {says('po_number')}", size=15),
            fields(pairs("order_date", "delivery_date"), "columns", 120),
            text(facts.writer.sentence()), items(facts, [*GOODS[2:3], *GOODS[:2], *GOODS[3:]], "boxes", 0.88), figures([total], "boxes"),
            fields(pairs("buyer_name", "contact_person", "email", "payment_terms", "delivery_address"), "boxed")]


CLAUSES = {"since": "effective_date", "fee": "monthly_fee", "pledge": "deposit", "until": "end_date", "notice": "notice_period",
           "law": "governing_law"}


def contract(facts):
    says, pairs = facts.says, facts.pairs
    provider, client = says("provider_name"), says("client_name")
    told = [(facts.label(key), small(facts, form, v=says(key))) for form, key in CLAUSES.items() if facts.has(key)]
    end = [gap(16), beside([lines(["." * 40, client])], [lines(["." * 40, provider])], at=250)]
    if facts.turn == 0:
        body = [text(f"{clause} {facts.writer.sentence()}") for _, clause in told]
        return [title(phrases.title(facts), "centre", 18), lines([f"{name} {value}" for name, value in pairs("contract_number")], "centre"),
                heading(f"{small(facts, 'clause')} 1"), text(small(facts, "parties", a=provider, b=client)),
                heading(f"{small(facts, 'clause')} 2"), *body, *end]
    if facts.turn == 1:
        both = pairs("provider_name", "client_name")
        halves = [fields(pairs("effective_date", "end_date", "notice_period", "governing_law"), "dots", 180),
                  fields(pairs("monthly_fee", "deposit"), "apart")]
        return [beside([title(phrases.title(facts), size=20)], [fields(pairs("contract_number"), "space")], at=300), fields(both, "boxed"),
                *[text(facts.writer.paragraph(2, 3)) for _ in range(2)], *halves, text(facts.writer.paragraph(2, 3)), *end]
    body = [lines([f"{name} – {clause}"]) if len(clause) < 40 else text(f"{name} – {clause}") for name, clause in told]
    return [title(phrases.title(facts)), beside(captioned(facts.label("client_name"), client, *place(facts)),
                                                captioned(facts.label("provider_name"), provider, *place(facts)), at=250),
            rule(), text(facts.writer.paragraph(1, 2)), *body, *end, foot(joined(pairs("contract_number")))]


def application_form(facts):
    pairs = facts.pairs
    facts.says("membership_type")
    facts.says("newsletter")
    mine, news = facts.values["membership_type"].normal, facts.values["newsletter"].normal
    choices = [(word, word == mine) for word in facts.choices("membership_type")]
    kinds = [lines([facts.label("membership_type")], bold=True), checks("", choices)]
    wanted = checks("", [(facts.label("newsletter"), news)])
    sign = [gap(20), lines(["." * 50, small(facts, "sign")], size=8)]
    person, home = pairs("last_name", "first_name", "birth_date"), pairs("street", "postal_code", "city")
    if facts.turn == 0:
        return [lines([facts.extra["club"]], "centre", True, 14), title(phrases.title(facts), "centre", 15),
                heading(small(facts, "person")),
                fields([*person, *home], "columns", 160), fields(pairs("phone", "email"), "columns", 160), heading(small(facts, "choice")),
                *kinds,
                fields(pairs("iban"), "boxed"), wanted, *sign]
    if facts.turn == 1:
        answer = [lines([facts.label("newsletter")], bold=True), checks("", [(small(facts, "no"), not news), (small(facts, "yes"), news)])]
        return [title(phrases.title(facts), size=20), lines([facts.extra["club"]]), rule(), *kinds, fields(person, "grid"),
                fields(home, "grid"),
                fields(pairs("email", "phone"), "below"), fields(pairs("iban"), "dots", 190), *answer, *sign]
    return [beside([title(phrases.title(facts), size=17)], [lines([facts.extra["club"], *place(facts)], "right", size=8.5)], at=300),
            fields(person, "dots", 190), fields(home, "dots", 190), fields(pairs("phone", "email", "iban"), "dots", 190), wanted,
            *kinds, *sign]


def letter(facts):
    says, pairs = facts.says, facts.pairs
    sender, address = says("sender_name"), facts.values["sender_address"].text
    recipient = [says("recipient_name"), *facts.extra["recipient_address"]]
    dear = text(f"{small(facts, 'dear')} {facts.writer.person().split()[-1]},")
    body = [dear, text(small(facts, "intro")), *[text(facts.writer.paragraph(2, 3)) for _ in range(3)]]
    if facts.turn == 0:
        return [*letterhead(facts, sender, *address.split(", "), align="centre"), rule(),
                beside([lines(recipient)], [fields(pairs("letter_date", "our_reference", "your_reference"), "columns", 110)], at=230),
                gap(10),
                fields(pairs("subject"), "colon"), *body, text(small(facts, "close")), lines([small(facts, "signed", a=sender)]), gap(10),
                lines([says("signatory")], bold=True), foot(joined(pairs("phone", "email")))]
    if facts.turn == 1:
        return [lines([says("letter_date")]), gap(6), *captioned(facts.label("recipient_name"), *recipient),
                title(says("subject"), size=13), *body, text(small(facts, "enclosed")), gap(12), fields(pairs("signatory"), "colon"),
                rule(),
                lines([sender], bold=True), gap(-4), lines([address], size=8.5),
                fields(pairs("our_reference", "your_reference", "phone", "email"), "space")]
    return [beside([fields(pairs("sender_name"), "space"), lines(address.split(", ")), fields(pairs("phone", "email"), "colon")],
                   captioned(facts.label("recipient_name"), *recipient), at=260), rule(),
            fields(pairs("letter_date", "our_reference", "your_reference"), "grid"), fields(pairs("subject"), "space"), *body,
            lines([small(facts, "close")], "right"), gap(12), lines([says("signatory"), sender], "right")]


def delivery_note(facts):
    says, pairs = facts.says, facts.pairs
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    freight = pairs("carrier", "package_count", "total_weight")
    signed = [gap(14), lines([f"{small(facts, 'received')} {'.' * 40}"])]
    numbers = pairs("delivery_note_number", "note_date", "order_number")
    if facts.turn == 0:
        return [title(phrases.title(facts), "right", 18), *captioned(facts.label("customer_name"), *customer), fields(numbers, "dots", 170),
                items(facts, ["line_sku", "line_description", "line_quantity"], "lines", 0.88), fields(freight, "boxed"),
                *captioned(facts.label("supplier_name"), says("supplier_name"), *place(facts)), fields(pairs("contact_person"), "space"),
                *signed]
    if facts.turn == 1:
        side = [fields(numbers, "colon"), fields(pairs("contact_person"), "colon")]
        return [*letterhead(facts, says("supplier_name"), *place(facts)), rule(),
                beside([title(phrases.title(facts), size=15), *side], captioned(facts.label("customer_name"), *customer), at=280),
                fields(freight, "below"), items(facts, ["line_quantity", "line_sku", "line_description"], "header", None, 0.94), *signed]
    head = f"{phrases.title(facts)} {says('delivery_note_number')} {small(facts, 'dated', v=says('note_date'))}"
    return [fields(pairs("supplier_name", "customer_name"), "columns", 120), title(head, size=13),
            fields(pairs("order_number", "contact_person"), "space"),
            items(facts, ["line_description", "line_quantity", "line_sku"], "boxes"), figures(freight, "none"), *signed,
            text(facts.writer.sentence(), 8.5)]


def payslip(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_amount"]
    gross, tax, net = facts.pair("gross_pay"), facts.pair("income_tax"), facts.pair("net_pay")
    social = (small(facts, "social"), facts.extra["social"])
    person = pairs("employee_name", "employee_number", "tax_id", "hire_date")
    if facts.turn == 0:
        return [title(phrases.title(facts), size=18), beside([fields(person, "colon")],
                                                             [fields(pairs("employer_name", "pay_date"), "colon")], at=260),
                items(facts, keys, "boxes", 0.88), heading(small(facts, "deductions")), figures([tax, social], "boxes"),
                fields([gross, net], "below"), fields(pairs("iban"), "dots", 170)]
    if facts.turn == 1:
        return [*letterhead(facts, says("employer_name"), *place(facts), align="right"), title(phrases.title(facts), size=14),
                fields(person, "grid"),
                items(facts, keys, "none", 0.9), sums([gross, social, tax, net], at=160), fields(pairs("pay_date", "iban"), "boxed")]
    return [beside([lines([says("employee_name")], bold=True), gap(-4), lines(place(facts))], [fields(person[1:], "space")], at=250),
            title(phrases.title(facts), "centre"), items(facts, keys, "header"), fields([gross], "apart"), fields([social, tax], "apart"),
            rule(),
            fields([net], "apart"), fields(pairs("pay_date", "iban"), "colon"), foot(joined(pairs("employer_name")))]


def quote(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_quantity", "line_price", "line_amount"]
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    contact = pairs("contact_person", "phone", "email")
    if facts.turn == 0:
        return [*letterhead(facts, says("supplier_name"), *place(facts), align="right"),
                *captioned(facts.label("customer_name"), *customer),
                title(phrases.title(facts), size=16), fields(pairs("quote_number", "quote_date", "valid_until"), "dots", 170),
                items(facts, keys, "boxes", 0.85),
                figures(totals(facts), "none"), text(facts.writer.sentence()), fields(contact, "space")]
    if facts.turn == 1:
        mine = [*captioned(facts.label("supplier_name"), says("supplier_name"), *place(facts)), fields(contact, "colon")]
        return [title(phrases.title(facts), "right", 20), beside(mine, captioned(facts.label("customer_name"), *customer), at=260), rule(),
                fields(pairs("quote_number", "quote_date", "valid_until"), "below"), text(facts.writer.sentence()),
                items(facts, keys, "header", None, 0.95), sums(totals(facts), at=230)]
    rate, tax = facts.pair("tax_rate"), facts.pair("tax_amount")
    return [title(phrases.title(facts), "centre", 18), fields(pairs("supplier_name", "customer_name", "quote_number", "quote_date"),
                                                              "boxed"),
            items(facts, ["line_quantity", "line_description", "line_price", "line_amount"], "lines", 0.92),
            fields([facts.pair("subtotal"), rate, tax, facts.pair("total")], "columns", 200), fields(pairs("valid_until"), "colon"),
            foot(joined(contact))]


def resume(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_period", "line_position", "line_employer"]
    facts.extra["columns"] = keys
    jobs = [[item[key].text for key in keys] for item in facts.items]
    skills = [heading(small(facts, "skills")), lines(facts.writer.things(3))]
    name, post = says("full_name"), says("job_title")
    if facts.turn == 0:
        return [title(name, "centre", 20), lines([post], "centre"), rule(), heading(small(facts, "jobs")),
                items(facts, keys, "lines", 0.9), *skills,
                heading(small(facts, "contact")), fields(pairs("street", "postal_code", "city", "phone", "email", "website", "birth_date"),
                                                         "dots", 170)]
    if facts.turn == 1:
        reach = fields(pairs("phone", "email", "website", "street", "postal_code", "city", "birth_date"), "space")
        told = [block for period, position, employer in jobs for block in (lines([f"{employer} – {position}"], bold=True), gap(-4),
                                                                           lines([period]))]
        return [beside([reach], [title(name, size=18), lines([post]), heading(small(facts, "jobs")), *told, *skills], at=200)]
    person = pairs("full_name", "job_title", "birth_date", "phone", "email", "website")
    told = [lines([f"{period}, {employer}: {position}"]) for period, position, employer in jobs]
    return [title(phrases.title(facts), size=19), fields(person, "below"), fields(pairs("street", "postal_code", "city"), "grid"), *skills,
            heading(small(facts, "jobs")), *told]
