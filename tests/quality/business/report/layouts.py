"""Pages of the report family: other orders of blocks, other styles of fields and tables than those of the tuning family."""

from .. import phrases
from ..blocks import beside, checks, fields, foot, gap, heading, lines, rule, sums, table, text, title

FIGURES = {"line_quantity", "line_price", "line_amount", "line_balance"}


def items(facts, keys, rules="none", fill=None, zebra=0.95):
    """Columns in the order of the keys."""
    facts.extra["columns"] = keys
    rows = [[item[key].text for key in keys] for item in facts.items]
    return table(facts.heads(*keys), rows, ["right" if key in FIGURES else "left" for key in keys], rules, fill, zebra)


def small(facts, key):
    return phrases.small(facts, key)


def bank_line(pairs):
    return foot([f"{name} {value}" for name, value in pairs])


def invoice(facts):
    says, pairs = facts.says, facts.pairs
    says("currency")
    vendor = [says("vendor_name"), *says("vendor_address").split(", ")]
    customer = [says("customer_name"), *facts.extra["customer_address"]]
    dates = pairs("invoice_date", "due_date")
    numbers = pairs("invoice_number", "customer_number", "order_number")
    keys = ["line_description", "line_sku", "line_quantity", "line_price", "line_amount"]
    totals = [facts.pair("subtotal"), facts.pair("tax_rate"), facts.pair("tax_amount"), facts.pair("total")]
    money = [] if facts.style.names_currency else [fields(pairs("currency"), "space")]
    contact = pairs("phone", "email", "vendor_vat_id")
    bank = pairs("iban", "bic")
    if facts.turn == 0:
        return [title(phrases.title(facts), size=18), fields([*dates, *numbers], "apart"), lines([facts.label("customer_name")], bold=True), lines(customer),
                items(facts, keys), sums(totals, at=120, reach=330), *money, fields(bank, "below"), rule(),
                beside([fields(contact, "space")], [lines(vendor, bold=True)], at=220)]
    if facts.turn == 1:
        return [title(phrases.title(facts), "right", 15), beside([fields([*contact, *bank], "space")], [lines(vendor, size=9)], at=290), rule(),
                beside([lines([facts.label("customer_name"), *customer], size=9)], [fields([*dates, *numbers], "below")], at=190),
                items(facts, [key for key in keys if key != "line_sku"], "lines", 0.8, None), fields([pair for pair in totals if pair], "apart"), *money,
                text(facts.writer.sentence())]
    return [lines([vendor[0].upper() if facts.index % 2 else vendor[0]], "centre", True, 14), lines([" – ".join(vendor[1:])], "centre", size=8.5),
            lines([facts.label("customer_name")], bold=True), lines(customer), title(phrases.title(facts), size=13), fields([*numbers, *dates], "dots", 190),
            items(facts, ["line_quantity", "line_sku", "line_description", "line_price", "line_amount"], "header", None, None),
            sums(totals, at=60, reach=300), *money, fields(contact, "colon"), bank_line(bank)]


def receipt(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_amount"]
    facts.extra["columns"] = ["line_description", "line_quantity", "line_amount"] if facts.turn != 1 else keys
    if facts.turn == 1:
        bought = items(facts, keys, "header", None, None)
    else:
        rows = []
        for item in facts.items:
            count, name, amount = (item[key].text for key in ("line_quantity", "line_description", "line_amount"))
            rows.append([f"{name} x{count}" if facts.turn == 0 else f"{count} {name}", amount])
        bought = table([], rows, ["left", "right"], "none")
    shop = [lines([says("merchant_name")], "left", True, 10.5), lines(says("merchant_address").split(", "), size=8),
            fields(pairs("merchant_phone"), "space")]
    moment = pairs("receipt_number", "receipt_date", "receipt_time", "cashier")
    paid = pairs("payment_method", "amount_paid", "change")
    totals = [sums([facts.pair("total")], at=0), fields([*paid, *pairs("tax_amount")], "apart")]
    if facts.turn == 2:
        return [title(phrases.title(facts), "left", 12), fields(moment, "space"), bought, *totals, rule(), *shop, lines([small(facts, "thanks")])]
    if facts.turn == 1:
        return [title(phrases.title(facts), "right", 11), *shop, bought, fields(moment, "colon"), *totals, lines([small(facts, "thanks")])]
    return [*shop, rule(), bought, *totals, lines([small(facts, "thanks")], "right"), fields(moment, "apart")]


def bank_statement(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_date", "line_amount", "line_description"] if facts.turn == 1 else ["line_date", "line_description", "line_amount", "line_balance"]
    account = pairs("account_holder", "iban", "bic")
    moment = pairs("statement_number", "statement_date", "period_start", "period_end")
    balances = pairs("opening_balance", "closing_balance")
    if facts.turn == 0:
        return [lines([says("bank_name")], "right", True, 12), fields(moment, "below"), title(phrases.title(facts), size=15), fields(account, "dots", 180),
                fields(balances, "apart"), items(facts, keys)]
    if facts.turn == 1:
        return [title(phrases.title(facts), "right", 14), fields([*pairs("bank_name"), *moment, *account], "apart"), items(facts, keys, "lines", 0.85, None), fields(balances, "grid")]
    return [beside([fields(account, "space")], [lines([says("bank_name")], bold=True, size=13)], at=270), title(phrases.title(facts), "centre", 12), rule(),
            fields(moment, "dots", 200), fields(balances[:1], "space"), items(facts, keys, "header", None, None), fields(balances[1:], "space"), text(facts.writer.sentence(), 8)]


def purchase_order(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_sku", "line_price", "line_quantity", "line_amount"]
    numbers = pairs("po_number", "order_date", "delivery_date")
    rest = pairs("contact_person", "email", "payment_terms", "delivery_address")
    if facts.turn == 0:
        return [fields([*numbers, *pairs("supplier_name", "buyer_name")], "dots", 200), title(phrases.title(facts), "centre", 18), fields(rest, "below"), items(facts, keys),
                sums([facts.pair("total")], at=120, reach=340)]
    if facts.turn == 1:
        return [title(phrases.title(facts), size=14), fields([*rest, *numbers], "apart"), beside([lines([facts.label("supplier_name"), says("supplier_name"), facts.writer.street()])],
                [lines([facts.label("buyer_name"), says("buyer_name"), facts.writer.street()])], at=240), items(facts, keys, "boxes", 0.85, None),
                fields(pairs("total"), "apart")]
    return [lines([says("buyer_name")], "right", True, 13), lines([facts.writer.town()], "right", size=9), fields(numbers, "space"), lines([says("supplier_name"), facts.writer.street(),
            facts.writer.town()]), heading(phrases.title(facts)), text(facts.writer.sentence()),
            items(facts, ["line_sku", "line_quantity", "line_description", "line_price", "line_amount"], "header", None, None),
            sums([facts.pair("total")], at=180), fields(rest, "colon")]


def contract(facts):
    says = facts.says
    parties = small(facts, "between").format(a=says("provider_name"), b=says("client_name"), la=facts.label("provider_name"), lb=facts.label("client_name"))

    def clause(form, key):
        return small(facts, form).format(l=facts.label(key), v=says(key)) if facts.has(key) else None

    told = [clause("fee", "monthly_fee"), clause("since", "effective_date"), clause("law", "governing_law"), clause("until", "end_date"),
            clause("notice", "notice_period"), clause("pledge", "deposit")]
    if facts.turn == 0:
        body = [text(f"{at}. {facts.writer.sentence()} {clause}") for at, clause in enumerate(filter(None, told), 1)]
    elif facts.turn == 1:
        body = [block for at, clause in enumerate(filter(None, told), 1) for block in (heading(f"{small(facts, 'clause')} {at}"), text(clause), text(facts.writer.sentence()))]
    else:
        body = [fields(facts.pairs("monthly_fee", "deposit", "effective_date", "end_date", "notice_period", "governing_law"), "dots", 220),
                *[text(facts.writer.paragraph(2, 2)) for _ in range(3)]]
    end = beside([lines([small(facts, "sign"), says("client_name")])], [lines([small(facts, "sign"), says("provider_name")])], at=240)
    number = fields(facts.pairs("contract_number"), "space")
    return [title(phrases.title(facts), "right" if facts.turn else "left", 16), number, text(parties), *body, gap(20), end]


def application_form(facts):
    pairs = facts.pairs
    facts.says("membership_type")
    facts.says("newsletter")
    mine = facts.values["membership_type"].normal
    kinds = checks(facts.label("membership_type"), [(word, word == mine) for word in facts.choices("membership_type")])
    news = checks("", [(facts.label("newsletter"), facts.values["newsletter"].normal)])
    name, rest = pairs("first_name", "last_name"), pairs("street", "city", "postal_code", "birth_date", "email", "phone")
    style = ("below", "apart", "grid")[facts.turn]
    if facts.turn == 2:
        return [lines([facts.extra["club"]], "right", True), title(phrases.title(facts), size=18), kinds, news, fields([*name, *rest, *pairs("iban")], style), lines([small(facts, "sign")])]
    return [title(phrases.title(facts), "right"), kinds, heading(small(facts, "person")), fields([*rest, *name], style), fields(pairs("iban"), style), news,
            text(facts.writer.sentence(), 8.5), lines([small(facts, "sign")]), foot([facts.extra["club"]])]


def letter(facts):
    says, pairs = facts.says, facts.pairs
    body = [text(f"{small(facts, 'dear')} {facts.writer.person().split()[-1]},"), *[text(facts.writer.paragraph(3, 4)) for _ in range(2)], text(small(facts, "close")), gap(20)]
    references, contact = pairs("your_reference", "our_reference"), pairs("email", "phone")
    home = facts.values["sender_address"].text.split(", ")
    if facts.turn == 0:
        return [beside([lines([says("recipient_name"), *facts.extra["recipient_address"]])], [lines([says("sender_name"), *home]), fields(contact, "space")], at=270), gap(12),
                fields(pairs("letter_date"), "space"), fields(pairs("subject"), "colon"), fields(references, "space"), *body, lines([says("signatory"), says("sender_name")])]
    if facts.turn == 1:
        return [fields([*pairs("sender_name", "recipient_name", "letter_date", "subject"), *references], "dots", 170), *body, fields(pairs("signatory"), "space"), fields(contact, "space")]
    return [lines([says("sender_name")], "centre", True, 13), lines([" – ".join(home)], "centre", size=8), fields([*references, *contact], "grid"), lines([says("letter_date")]),
            lines([says("recipient_name"), *facts.extra["recipient_address"]]), heading(f"{facts.label('subject')} {says('subject')}"), *body, lines([says("signatory")], "right")]


def delivery_note(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_quantity", "line_description", "line_sku"] if facts.turn else ["line_description", "line_quantity", "line_sku"]
    numbers = pairs("delivery_note_number", "note_date", "order_number")
    rest = pairs("package_count", "total_weight", "carrier", "contact_person")
    if facts.turn == 0:
        return [fields([*pairs("customer_name", "supplier_name"), *numbers], "apart"), title(phrases.title(facts), "centre", 17), fields(rest, "dots", 200), items(facts, keys)]
    if facts.turn == 1:
        return [beside([lines([says("customer_name"), *facts.extra["customer_address"]])], [fields([*numbers, *rest], "space")], at=240), heading(phrases.title(facts)),
                items(facts, keys, "lines", 0.85, None), text(small(facts, "no_prices")), lines([says("supplier_name"), facts.writer.town()], "right")]
    return [lines([says("supplier_name")], "centre", True, 13), fields(numbers, "below"), lines([says("customer_name"), *facts.extra["customer_address"]]),
            title(phrases.title(facts), "centre", 12), items(facts, keys, "header", None, None), fields(rest, "apart")]


def payslip(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_amount"]
    person = pairs("employee_number", "employee_name", "hire_date", "tax_id")
    social = (small(facts, "social"), facts.extra["social"])
    bottom = [*pairs("gross_pay"), social, *pairs("income_tax", "net_pay")]
    money = pairs("pay_date", "iban")
    if facts.turn == 0:
        return [title(phrases.title(facts), size=16), fields([*person, *pairs("employer_name")], "dots", 200), fields(money, "below"), items(facts, keys), fields(bottom, "apart")]
    if facts.turn == 1:
        return [fields(pairs("employer_name", "employee_name"), "space"), fields([*pairs("employee_number", "hire_date", "tax_id"), *money], "below"), heading(phrases.title(facts)),
                items(facts, keys, "lines", 0.85, None), sums(bottom, at=0, reach=300)]
    return [lines([says("employer_name")], "centre", True, 13), lines([phrases.title(facts)], "centre"), fields(person, "apart"), fields(bottom, "grid"),
            items(facts, keys, "header", None, None), fields(money, "space")]


def quote(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_quantity", "line_description", "line_price", "line_amount"]
    numbers = pairs("valid_until", "quote_number", "quote_date")
    totals = pairs("subtotal", "tax_rate", "tax_amount", "total")
    contact = pairs("email", "phone", "contact_person")
    customer = lines([says("customer_name"), *facts.extra["customer_address"]])
    if facts.turn == 0:
        return [customer, title(phrases.title(facts), "right", 18), text(facts.writer.sentence()), fields(numbers, "dots", 220), items(facts, keys), sums(totals, at=120, reach=340),
                beside([lines([says("supplier_name"), facts.writer.street()])], [fields(contact, "space")], at=230)]
    if facts.turn == 1:
        return [beside([fields(pairs("supplier_name"), "space"), fields(contact, "space")], [customer], at=300), fields(numbers, "below"), heading(phrases.title(facts)),
                items(facts, ["line_description", "line_price", "line_quantity", "line_amount"], "boxes", 0.85, None), fields(totals, "apart")]
    return [lines([says("supplier_name")], "right", True, 13), fields([*numbers, *pairs("customer_name"), *contact], "apart"), title(phrases.title(facts), "centre", 13),
            items(facts, keys, "header", None, None), sums(totals, at=200), text(facts.writer.sentence())]


def resume(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_period", "line_position", "line_employer"]
    facts.extra["columns"] = keys
    contact = pairs("street", "postal_code", "city", "phone", "email", "birth_date", "website")
    jobs = [heading(small(facts, "jobs"))]
    if facts.turn == 0:
        jobs.append(table(facts.heads("line_position", "line_employer", "line_period"), [[item[key].text for key in ("line_position", "line_employer", "line_period")]
                                                                                        for item in facts.items], ["left"] * 3, "header"))
    for item in facts.items if facts.turn else []:
        period, position, employer = (item[key].text for key in keys)
        jobs += [lines([position], bold=True), lines([f"{employer} ({period})" if facts.turn == 1 else f"{period} {employer}"]), text(facts.writer.sentence(), 8.5)]
    skills = [heading(small(facts, "skills")), *[lines([f"- {thing}" for thing in facts.writer.things(4)])]]
    if facts.turn == 0:
        return [fields([*pairs("full_name", "job_title"), *contact], "dots", 190), title(phrases.title(facts), size=14), *jobs, *skills]
    if facts.turn == 1:
        return [title(says("full_name"), "centre", 17), lines([says("job_title")], "centre"), *jobs, *skills, rule(), fields(contact, "below")]
    return [fields([*pairs("full_name", "job_title"), *contact], "space"), title(phrases.title(facts), size=13), *jobs, heading(small(facts, "school")), text(facts.writer.sentence()), *skills]
