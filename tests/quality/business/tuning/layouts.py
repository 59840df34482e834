"""Pages of the tuning family: a function for each kind, whose layouts differ by the turn of the facts."""

from .. import phrases
from ..blocks import beside, checks, fields, foot, gap, heading, lines, rule, sums, table, text, title

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


def bank_statement(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_date", "line_description", "line_amount", *(["line_balance"] if facts.turn != 1 else [])]
    period = pairs("period_start", "period_end")
    numbers = pairs("statement_number", "statement_date", "iban", "bic")
    before, after = fields(pairs("opening_balance"), "apart"), fields(pairs("closing_balance"), "apart")
    if facts.turn == 0:
        return [lines([says("bank_name")], bold=True, size=14), gap(8), title(phrases.title(facts)), fields(pairs("account_holder"), "colon"),
                fields([*numbers, *period], "columns"), before, items(facts, keys, "header", None), after, text(facts.writer.sentence(), 8.5)]
    if facts.turn == 1:
        return [beside([lines([says("bank_name")], bold=True, size=12), lines([says("account_holder"), facts.writer.street(), facts.writer.town()])],
                       [fields([*numbers, *period], "colon")], at=280), title(phrases.title(facts)), before, items(facts, keys), after]
    return [title(f"{says('bank_name')} – {phrases.title(facts)}", size=14), fields(pairs("account_holder", "iban", "bic"), "grid"),
            fields([*pairs("statement_number", "statement_date"), *period], "below"), fields(pairs("opening_balance", "closing_balance"), "boxed"),
            items(facts, keys, "none", 0.92, 0.97)]


def purchase_order(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_sku", "line_description", "line_quantity", "line_price", "line_amount"]
    numbers = pairs("po_number", "order_date", "delivery_date")
    rest = pairs("payment_terms", "contact_person", "email", "delivery_address")
    supplier = [facts.label("supplier_name"), says("supplier_name"), facts.writer.street(), facts.writer.town()]
    if facts.turn == 0:
        return [lines([says("buyer_name")], bold=True, size=15), lines([facts.writer.street(), facts.writer.town()], size=9), gap(10),
                title(phrases.title(facts)), beside([lines(supplier)], [fields(numbers, "colon")]), fields(rest, "columns"),
                items(facts, keys), sums([facts.pair("total")])]
    if facts.turn == 1:
        return [title(phrases.title(facts).upper(), align="right", size=18), fields(pairs("buyer_name", "supplier_name"), "columns"), fields(numbers, "columns"),
                items(facts, keys, "header", None), sums([facts.pair("total")], at=300), rule(), fields(rest, "colon")]
    return [title(phrases.title(facts), align="centre"), fields([*numbers, *pairs("buyer_name", "supplier_name")], "below"),
            items(facts, [key for key in keys if key != "line_sku"], "boxes"), sums([facts.pair("total")], at=250), fields(rest, "boxed")]


def contract(facts):
    says, small_words = facts.says, lambda key: small(facts, key)

    def clause(form, key):
        return small_words(form).format(l=facts.label(key), v=says(key)) if facts.has(key) else None

    parties = small_words("between").format(a=says("provider_name"), b=says("client_name"), la=facts.label("provider_name"), lb=facts.label("client_name"))
    clauses = [clause("since", "effective_date"), clause("until", "end_date"), clause("fee", "monthly_fee"), clause("pledge", "deposit"),
               clause("notice", "notice_period"), clause("law", "governing_law")]
    told = [f"{clause} {facts.writer.sentence()}" if at % 2 else clause for at, clause in enumerate(filter(None, clauses))]
    body = [block for at, clause in enumerate(told, 1) for block in (heading(f"{small_words('clause')} {at}"), text(clause))]
    if facts.turn == 2:
        body = [fields(facts.pairs("effective_date", "end_date", "monthly_fee", "deposit", "notice_period", "governing_law"), "columns", 170),
                *[text(facts.writer.paragraph(2, 3)) for _ in range(3)]]
    end = [gap(16), beside([lines([says("provider_name"), small_words("sign")])], [lines([says("client_name"), small_words("sign")])])]
    return [title(phrases.title(facts), align="centre" if facts.turn else "left", size=18), fields(facts.pairs("contract_number"), "colon"), text(parties), *body, *end]


def application_form(facts):
    pairs = facts.pairs
    person = pairs("last_name", "first_name", "birth_date", "street", "postal_code", "city", "phone", "email")
    style = ("dots", "columns", "boxed")[facts.turn]
    facts.says("membership_type")
    facts.says("newsletter")
    mine = facts.values["membership_type"].normal
    kinds = checks(facts.label("membership_type"), [(word, word == mine) for word in facts.choices("membership_type")])
    news = checks("", [(facts.label("newsletter"), facts.values["newsletter"].normal)])
    return [title(phrases.title(facts)), lines([facts.extra["club"]], size=9), heading(small(facts, "person")), fields(person, style),
            kinds, news, fields(pairs("iban"), style), gap(20), rule(), lines([small(facts, "sign")], size=8)]


def letter(facts):
    says, pairs = facts.says, facts.pairs
    sender = [lines([says("sender_name")], bold=True, size=14), lines(facts.values["sender_address"].text.split(", "), size=9)]
    recipient = lines([says("recipient_name"), *facts.extra["recipient_address"]])
    contact = pairs("phone", "email")
    references = pairs("our_reference", "your_reference")
    body = [text(f"{small(facts, 'dear')} {facts.writer.person().split()[-1]},"), *[text(facts.writer.paragraph(2, 4)) for _ in range(3)],
            text(small(facts, "close")), gap(18), lines([says("signatory")])]
    if facts.turn == 0:
        return [*sender, fields(contact, "space"), gap(16), recipient, lines([says("letter_date")], "right"), fields(references, "colon"),
                fields(pairs("subject"), "colon"), *body]
    if facts.turn == 1:
        return [beside(sender, [fields([*contact, *references, *pairs("letter_date")], "colon")], at=290), gap(10), recipient, gap(8),
                heading(says("subject")), *body]
    return [lines([says("sender_name")], "right", True, 12), lines([facts.values["sender_address"].text], "right", size=9), recipient,
            fields([*references, *pairs("letter_date")], "below"), fields(pairs("subject"), "space"), *body, foot([f"{name} {value}" for name, value in contact])]


def delivery_note(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_sku", "line_description", "line_quantity"] if facts.turn != 2 else ["line_quantity", "line_sku", "line_description"]
    numbers = pairs("delivery_note_number", "note_date", "order_number")
    rest = pairs("carrier", "package_count", "total_weight", "contact_person")
    customer = lines([facts.label("customer_name"), says("customer_name"), *facts.extra["customer_address"]])
    if facts.turn == 2:
        return [title(phrases.title(facts), align="centre"), fields(pairs("supplier_name", "customer_name"), "boxed"), fields(numbers, "grid"),
                items(facts, keys, "boxes"), fields(rest, "below")]
    return [lines([says("supplier_name")], bold=True, size=15), lines([facts.writer.street(), facts.writer.town()], size=9), gap(8),
            title(phrases.title(facts)), beside([customer], [fields(numbers, "colon" if facts.turn == 0 else "columns", 90)], at=260),
            items(facts, keys, "lines" if facts.turn else "header"), fields(rest, "colon" if facts.turn == 0 else "columns"), text(small(facts, "no_prices"))]


def payslip(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_amount"]
    person = pairs("employee_name", "employee_number", "tax_id", "hire_date", "pay_date")
    social = (small(facts, "social"), facts.extra["social"])
    bottom = [facts.pair("gross_pay"), facts.pair("income_tax"), social, facts.pair("net_pay")]
    if facts.turn == 0:
        return [lines([says("employer_name")], bold=True, size=14), title(phrases.title(facts)), fields(person, "columns"), items(facts, keys), sums(bottom),
                fields(pairs("iban"), "colon")]
    if facts.turn == 1:
        return [beside([title(phrases.title(facts)), lines([says("employer_name")])], [fields(person, "colon")], at=270), items(facts, keys, "header", None),
                fields([pair for pair in bottom[:1] if pair], "apart"), heading(small(facts, "deductions")), fields(bottom[1:], "apart"), fields(pairs("iban"), "space")]
    return [title(phrases.title(facts), align="centre"), fields([*pairs("employer_name"), *person], "boxed"), items(facts, keys, "boxes"), fields(bottom, "boxed"),
            fields(pairs("iban"), "colon")]


def quote(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_description", "line_quantity", "line_price", "line_amount"]
    numbers = pairs("quote_number", "quote_date", "valid_until")
    tax = (f"{facts.label('tax_amount')} {says('tax_rate')}", says("tax_amount"))
    totals = [facts.pair("subtotal"), tax, facts.pair("total")]
    contact = pairs("contact_person", "phone", "email")
    customer = lines([says("customer_name"), *facts.extra["customer_address"]])
    if facts.turn == 1:
        return [title(f"{phrases.title(facts)}"), fields(pairs("supplier_name"), "space"), beside([fields([*pairs("customer_name")], "space")], [fields(numbers, "space")]),
                items(facts, keys, "header", None), sums(totals, at=300), fields(contact, "space")]
    return [lines([says("supplier_name")], "right" if facts.turn else "left", True, 15), fields(contact, "colon" if facts.turn == 0 else "below"), gap(8), customer,
            title(phrases.title(facts)), fields(numbers, "columns" if facts.turn == 0 else "grid"), text(facts.writer.sentence()), items(facts, keys), sums(totals)]


def resume(facts):
    says, pairs = facts.says, facts.pairs
    keys = ["line_period", "line_position", "line_employer"]
    facts.extra["columns"] = keys
    contact = pairs("email", "phone", "website", "birth_date", "street", "postal_code", "city")
    jobs = [heading(small(facts, "jobs"))]
    if facts.turn == 1:
        jobs.append(table([], [[item[key].text for key in keys] for item in facts.items], ["left"] * 3, "none"))
    else:
        for item in facts.items:
            period, position, employer = (item[key].text for key in keys)
            jobs += [lines([f"{position}, {employer}", period] if facts.turn == 0 else [period, position, employer]), text(facts.writer.sentence(), 9)]
    skills = [heading(small(facts, "skills")), lines(facts.writer.things(3))]
    if facts.turn == 0:
        return [title(says("full_name"), size=20), lines([says("job_title")]), fields(contact, "colon"), *jobs, *skills]
    if facts.turn == 1:
        return [title(phrases.title(facts)), heading(small(facts, "person")), fields([*pairs("full_name", "job_title"), *contact], "columns"), *jobs, *skills]
    return [beside([title(says("full_name"), size=18), lines([says("job_title")])], [fields(contact, "colon")], at=280), rule(), *skills, *jobs]
