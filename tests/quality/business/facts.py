"""The facts of a document: what it says, drawn from its seed, and which of it the page leaves out."""

import datetime

from generator import words

from . import phrases
from .fields import may_have, may_lack
from .labels import has_own, label
from .locales import home_of
from .values import Value, code_value, date_value, figure_value, later, money_value, text_value
from .writer import writer_of

LACKS = 0.4  # of what may be left out
LONG = (32, 44)  # movements of a statement that does not end on its first page
WHOLE_MONTHS = {"practice": (0,), "drill": (0,)}  # by family: layouts whose statements are of a month, from its first day to its last


class Facts:
    """Values by key. A layout asks for them by `says`, `pair` or `pairs`; what it has asked for is on the page."""

    def __init__(self, family, row, kind, language, index, variety=None):
        """`variety` chooses country and labels, and the layout by its turn: the index, unless several papers are to look alike."""
        self.row, self.kind, self.family, self.language, self.index = row, kind, family, language, index
        self.variety = index if variety is None else variety
        self.turn = self.variety % 3
        self.home = home_of(family, language, self.variety)
        self.style = self.home.style
        self.writer = writer_of(family, f"business/{row}/{kind}", language, index, self.home)
        self.values, self.shown, self.items, self.extra = {}, [], [], {}
        DRAW[kind](self)
        self.hidden = {key for key in may_lack(kind) if self.random.random() < LACKS}

    @property
    def random(self):
        return self.writer.random

    # What draws

    def put(self, key, value):
        self.values[key] = value
        return value

    def day(self, key, day):
        return self.put(key, date_value(day, self.style))

    def money(self, key, cents):
        return self.put(key, money_value(cents, self.style))

    def code(self, key, text):
        return self.put(key, code_value(text))

    def text(self, key, text):
        return self.put(key, text_value(text))

    def some_day(self, first=2021, last=2025):
        """Where figures alone would leave day and month open, a day that no month can be."""
        low = 13 if self.language == "en" and self.style.dates[:4] in ("{d}/", "{m}/") else 1
        return datetime.date(self.random.randint(first, last), self.random.randint(1, 12), self.random.randint(low, 28))

    def day_after(self, day, low, high):
        """A later day that figures alone do not leave open either."""
        while True:
            found = later(day, self.random.randint(low, high))
            high += 1 if high > 0 else 0
            if self.language != "en" or self.style.dates[:3] not in ("{d}", "{m}") or found.day > 12:
                return found

    def number(self, low, high):
        """A number as codes have it: bare, with letters, with a year, by the layout's turn."""
        digits = self.random.randint(low, high)
        letters = "".join(self.random.choice("ABCDEFGHKLMNPRSTVWX") for _ in range(2))
        year = self.random.randint(2021, 2025)
        forms = {"tuning": [f"{digits}", f"{letters}-{digits}", f"{year}-{digits}"],
                 "practice": [f"{year}/{digits}", f"00{digits}", f"{letters}{year % 100}-{digits}"],
                 "exercise": [f"{letters}/{year}/{digits}", f"{year}{digits}", f"{digits}-{year % 100}"],
                 "report": [f"{letters}{digits}", f"{digits}/{year % 100}", f"{letters}.{year}.{digits}"],
                 "drill": [f"{letters[0]}{year % 100}{digits}", f"{year % 100}-{digits}", f"{letters}/{year}/{digits}"]}
        return forms[self.family][self.turn]

    def address(self):
        street, town = self.writer.street(), self.writer.town()
        return Value("address", f"{street}, {town}", f"{street}, {town}")

    def other_company(self, name):
        """A company whose name begins otherwise."""
        while True:
            found = self.writer.company()
            if found.split()[0] != name.split()[0]:
                return found

    def mail(self, name):
        plain = phrases.ascii_of(name.split()[0]).lower()
        return f"{self.random.choice(('info', 'office', 'hello'))}@{plain}.{'test' if self.family == 'report' else 'example'}"

    # What layouts ask

    def has(self, key):
        return key in self.values and key not in self.hidden

    def says(self, key):
        """The text of a value, which is on the page from now on; nothing if the page leaves it out."""
        if not self.has(key):
            return None
        if key not in self.shown:
            self.shown.append(key)
        return self.values[key].text

    def label(self, key):
        return label(self.family, self.language, key, self.variety, self.kind)

    def choices(self, key):
        return phrases.choices(self.family, self.language, key)

    def pair(self, key):
        text = self.says(key)
        return (self.label(key), text) if text is not None else None

    def pairs(self, *keys):
        return [pair for pair in map(self.pair, keys) if pair]

    def heads(self, *keys):
        """What stands over columns; those of an account that have no labels of their own go by the first, which say no item or price."""
        return [self.head(key) for key in keys]

    def head(self, key):
        first = self.kind == "bank_statement" and not has_own(self.family, self.language, key, self.kind)
        return label(self.family, self.language, key, 0 if first else self.variety, self.kind)

    def missing(self):
        """What could be on such a page and is not on this one."""
        return [key for key in may_have(self.kind) if key in self.hidden and key not in self.shown]


def lines(facts, names, priced=True):
    """Items with their sums; the sum of all in cents."""
    total = 0
    for name in names:
        quantity, price = facts.random.randint(1, 20), facts.random.randint(190, 19900)
        total += quantity * price
        facts.items.append({
            "line_sku": code_value(facts.writer.code(1 + facts.turn, 3 + facts.turn)), "line_description": text_value(name),
            "line_quantity": Value("number", quantity, str(quantity)),
            **({"line_price": figure_value(price, facts.style), "line_amount": figure_value(quantity * price, facts.style)} if priced else {}),
        })
    return total


def sums(facts, net):
    tax = (net * round(facts.home.rate * 10) + 500) // 1000
    facts.money("subtotal", net)
    facts.put("tax_rate", Value("number", facts.home.rate, facts.home.rate_text))
    facts.money("tax_amount", tax)
    facts.money("total", net + tax)


def account(facts):
    """Where the country has no such numbers, there is nothing to ask."""
    found = facts.home.iban(facts.random)
    if found:
        facts.put("iban", found)


def phone(facts, key):
    text = facts.writer.phone()
    facts.put(key, Value("phone", text, text))


def contact(facts, company):
    phone(facts, "phone")
    facts.text("email", facts.mail(company))
    facts.text("contact_person", facts.writer.person())


def goods_of(facts, low=2, high=8):
    return facts.writer.goods(min(facts.random.randint(low, high), 10))


def invoice(facts):
    vendor = facts.writer.company()
    day = facts.some_day()
    facts.code("invoice_number", facts.number(10000, 99999))
    facts.day("invoice_date", day)
    facts.day("due_date", facts.day_after(day, 10, 60))
    facts.text("vendor_name", vendor)
    facts.put("vendor_address", facts.address())
    facts.code("vendor_vat_id", facts.home.vat_id(facts.random))
    facts.text("customer_name", facts.other_company(vendor))
    facts.extra["customer_address"] = [facts.writer.street(), facts.writer.town()]
    facts.code("customer_number", str(facts.random.randint(1000, 99999)))
    facts.code("order_number", facts.writer.code(2, 6))
    facts.put("currency", Value("code", facts.style.currency, facts.style.currency))
    account(facts)
    facts.put("bic", facts.home.bic(facts.random))
    contact(facts, vendor)
    sums(facts, lines(facts, goods_of(facts)))


def receipt(facts):
    shop = facts.writer.company()
    facts.text("merchant_name", shop)
    facts.put("merchant_address", facts.address())
    phone(facts, "merchant_phone")
    facts.code("receipt_number", facts.number(1000, 99999))
    facts.day("receipt_date", facts.some_day())
    clock = f"{facts.random.randint(8, 20):02}:{facts.random.randint(0, 59):02}"
    facts.put("receipt_time", Value("time", clock, clock))
    facts.text("cashier", facts.writer.person().split()[0])
    total = 0
    for name in facts.writer.foods(facts.random.randint(3, 7)):
        quantity, price = facts.random.randint(1, 4), facts.random.randint(45, 2600)
        total += quantity * price
        facts.items.append({"line_description": text_value(name), "line_quantity": Value("number", quantity, str(quantity)),
                            "line_amount": figure_value(quantity * price, facts.style)})
    facts.money("total", total)
    facts.money("tax_amount", total // 6)
    cash, card, _ = facts.choices("payment_method")
    by_cash = facts.random.random() < 0.5
    facts.put("payment_method", Value("choice", cash if by_cash else card, cash if by_cash else card))
    if by_cash:
        paid = (total // 1000 + 1) * 1000
        facts.money("amount_paid", paid)
        facts.money("change", paid - total)


def whole_month(day):
    return day.replace(day=1), later((day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1), -1)


def bank_statement(facts):
    end = facts.some_day()
    start = facts.day_after(end, -34, -25)
    if facts.turn in WHOLE_MONTHS.get(facts.family, ()):
        start, end = whole_month(end)
    facts.text("bank_name", f"{facts.writer.of(words.CITIES)} {phrases.said(facts, 'BANK')}")
    facts.text("account_holder", facts.writer.person())
    account(facts)
    facts.put("bic", facts.home.bic(facts.random))
    facts.code("statement_number", str(facts.random.randint(1, 12)) if facts.turn else f"{facts.random.randint(1, 12)}/{end.year}")
    facts.day("statement_date", facts.day_after(end, 1, 9))
    facts.day("period_start", start)
    facts.day("period_end", end)
    balance = facts.random.randint(30000, 800000)
    facts.money("opening_balance", balance)
    count = facts.random.randint(*(LONG if facts.row == "text" and facts.turn == 2 else (4, 11)))
    days = sorted(facts.random.randint(0, (end - start).days) for _ in range(count))
    for at in days:
        amount = facts.random.randint(500, 90000) * facts.random.choice((-1, -1, 1))
        balance += amount
        facts.items.append({"line_date": date_value(later(start, at), facts.style), "line_description": text_value(phrases.booking(facts)),
                            "line_amount": figure_value(amount, facts.style), "line_balance": figure_value(balance, facts.style)})
    facts.money("closing_balance", balance)


def purchase_order(facts):
    buyer = facts.writer.company()
    day = facts.some_day()
    facts.code("po_number", facts.number(10000, 99999))
    facts.day("order_date", day)
    facts.day("delivery_date", facts.day_after(day, 5, 40))
    facts.text("buyer_name", buyer)
    facts.text("supplier_name", facts.other_company(buyer))
    facts.put("delivery_address", facts.address())
    facts.text("payment_terms", facts.random.choice(phrases.said(facts, "TERMS")))
    contact(facts, buyer)
    facts.money("total", lines(facts, goods_of(facts)))


def contract(facts):
    day = facts.some_day(2023, 2026)
    facts.code("contract_number", facts.number(1000, 99999))
    facts.day("effective_date", day)
    facts.day("end_date", facts.day_after(day, 300, 1200))
    facts.text("provider_name", facts.writer.company())
    facts.text("client_name", facts.other_company(facts.values["provider_name"].text))
    fee = facts.random.randint(150, 4000) * 100
    facts.money("monthly_fee", fee)
    facts.money("deposit", fee * 2)
    facts.text("notice_period", facts.random.choice(phrases.said(facts, "NOTICE")))
    facts.text("governing_law", phrases.said(facts, "LAW"))


def application_form(facts):
    first, last = facts.writer.of(words.FIRST_NAMES), facts.writer.of(words.LAST_NAMES)
    facts.text("first_name", first)
    facts.text("last_name", last)
    facts.day("birth_date", facts.some_day(1955, 2004))
    place(facts)
    phone(facts, "phone")
    facts.text("email", f"{phrases.ascii_of(first)}.{phrases.ascii_of(last)}@mail.example".lower())
    choice = facts.random.choice(facts.choices("membership_type"))
    facts.put("membership_type", Value("choice", choice, choice))
    facts.put("newsletter", Value("boolean", facts.random.random() < 0.5, ""))
    account(facts)
    facts.extra["club"] = facts.writer.company()


def place(facts):
    facts.text("street", facts.writer.street())
    city, code = facts.home.city_and_code(facts.writer.town())
    facts.code("postal_code", code)
    facts.text("city", city)


def letter(facts):
    sender = facts.writer.company()
    facts.text("sender_name", sender)
    facts.put("sender_address", facts.address())
    facts.text("recipient_name", facts.writer.person())
    facts.extra["recipient_address"] = [facts.writer.street(), facts.writer.town()]
    facts.day("letter_date", facts.some_day())
    facts.text("subject", facts.writer.title())
    facts.code("our_reference", facts.writer.code(2, 4))
    facts.code("your_reference", facts.writer.code(3, 3))
    contact(facts, sender)
    facts.text("signatory", facts.writer.person())


def delivery_note(facts):
    facts.code("delivery_note_number", facts.number(10000, 99999))
    facts.day("note_date", facts.some_day())
    facts.code("order_number", facts.writer.code(2, 6))
    facts.text("supplier_name", facts.writer.company())
    facts.text("customer_name", facts.other_company(facts.values["supplier_name"].text))
    facts.extra["customer_address"] = [facts.writer.street(), facts.writer.town()]
    facts.text("carrier", f"{facts.writer.of(words.LAST_NAMES)} {phrases.said(facts, 'CARRIER')}")
    count = facts.random.randint(1, 40)
    facts.put("package_count", Value("integer", count, str(count)))
    facts.put("total_weight", figure_value(facts.random.randint(500, 900000), facts.style))
    contact(facts, facts.values["supplier_name"].text)
    lines(facts, goods_of(facts), priced=False)


def payslip(facts):
    facts.text("employer_name", facts.writer.company())
    facts.text("employee_name", facts.writer.person())
    facts.code("employee_number", str(facts.random.randint(100, 99999)))
    facts.day("pay_date", facts.some_day())
    facts.code("tax_id", f"{facts.random.randint(10, 99)} {facts.random.randint(100, 999)} {facts.random.randint(100, 999)}")
    facts.day("hire_date", facts.some_day(2001, 2020))
    account(facts)
    gross = 0
    for at, name in enumerate(phrases.said(facts, "EARNINGS")[:facts.random.randint(2, 4)]):
        amount = facts.random.randint(150000, 600000) if at == 0 else facts.random.randint(2000, 60000)
        gross += amount
        facts.items.append({"line_description": text_value(name), "line_amount": figure_value(amount, facts.style)})
    tax = gross * facts.random.randint(11, 28) // 100
    facts.money("gross_pay", gross)
    facts.money("income_tax", tax)
    facts.extra["social"] = facts.style.money(gross // 10)
    facts.money("net_pay", gross - tax - gross // 10)


def quote(facts):
    supplier = facts.writer.company()
    day = facts.some_day()
    facts.code("quote_number", facts.number(1000, 99999))
    facts.day("quote_date", day)
    facts.day("valid_until", facts.day_after(day, 14, 90))
    facts.text("supplier_name", supplier)
    facts.text("customer_name", facts.writer.person())
    facts.extra["customer_address"] = [facts.writer.street(), facts.writer.town()]
    contact(facts, supplier)
    sums(facts, lines(facts, goods_of(facts, 2, 6)))


def resume(facts):
    first, last = facts.writer.of(words.FIRST_NAMES), facts.writer.of(words.LAST_NAMES)
    facts.text("full_name", f"{first} {last}")
    titles = phrases.said(facts, "JOBS")
    facts.text("job_title", facts.random.choice(titles))
    facts.text("email", f"{phrases.ascii_of(first)}.{phrases.ascii_of(last)}@mail.example".lower())
    phone(facts, "phone")
    facts.text("website", f"www.{phrases.ascii_of(last).lower()}.example")
    place(facts)
    facts.day("birth_date", facts.some_day(1960, 2000))
    year = 2025
    for _ in range(facts.random.randint(2, 4)):
        since = year - facts.random.randint(1, 5)
        facts.items.append({"line_period": text_value(f"{since}-{year}"), "line_position": text_value(facts.random.choice(titles)),
                            "line_employer": text_value(facts.writer.company())})
        year = since


DRAW = {draw.__name__: draw for draw in (invoice, receipt, bank_statement, purchase_order, contract, application_form, letter, delivery_note,
                                         payslip, quote, resume)}
