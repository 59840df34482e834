"""What stands in tables: rows of cells, and how their columns are aligned."""

from . import words

LEFT, RIGHT = "left", "right"


def order(writer, count):
    """Items of an invoice, and the sum of their amounts in cents."""
    label, random = writer.label, writer.random
    rows, total = [[label["item"], label["description"], label["quantity"], label["unit"], label["amount"]]], 0
    for number, good in enumerate(writer.goods(count), 1):
        quantity, price = random.randint(1, 24), random.randint(150, 24000)
        total += quantity * price
        name = str(number) if writer.family == "tuning" else writer.code(1, 3)
        rows.append([name, good, str(quantity), writer.figure(price), writer.figure(quantity * price)])
    return rows, [LEFT, LEFT, RIGHT, RIGHT, RIGHT], total


def bookings(writer, count, empties=False):
    """Movements of an account. With empties, what is paid in and what is paid out have a column each."""
    label, random = writer.label, writer.random
    balance, rows = random.randint(50000, 900000), []
    for text in writer.things(min(count, 8)) + writer.goods(max(count - 8, 0)):
        amount = random.randint(500, 90000) * random.choice((-1, -1, 1))
        balance += amount
        split = ["", writer.figure(amount)] if amount > 0 else [writer.figure(-amount), ""]
        rows.append([writer.short_date(), text, *(split if empties else [writer.figure(amount)]), writer.figure(balance)])
    names = [label["due"], label["amount"]] if empties else [label["amount"]]
    head = [label["date"], label["booking"], *names, label["balance"]]
    return [head, *rows], [LEFT, LEFT, *[RIGHT] * len(names), RIGHT]


def people(writer, count):
    label = writer.label
    rows = [[label["name"], label["city"], label["phone"], label["date"]]]
    rows += [[writer.person(), writer.of(words.CITIES), writer.phone(), writer.short_date()] for _ in range(count)]
    return rows, [LEFT, LEFT, LEFT, RIGHT if writer.family == "tuning" else LEFT]


def goods(writer, count):
    """Products with three or four columns of whole numbers."""
    label, random = writer.label, writer.random
    rows = [[label["product"], label["item"], label["stock"], label["ordered"], label["total"]]]
    for good in writer.goods(count):
        stock, ordered = random.randint(0, 900), random.randint(0, 300)
        rows.append([good, writer.code(), str(stock), str(ordered), str(stock + ordered)])
    return rows, [LEFT, LEFT, RIGHT, RIGHT, RIGHT]


def years(writer, count):
    """Two rows of head: a year over each two columns. With its spans."""
    label, random = writer.label, writer.random
    first = random.randint(2015, 2024)
    head = [label["product"], str(first), "", str(first + 1), ""]
    rows = [head, ["", label["quantity"], label["amount"], label["quantity"], label["amount"]]]
    for good in writer.goods(count):
        rows.append([good, str(random.randint(1, 400)), writer.decimal(10, 4000), str(random.randint(1, 400)), writer.decimal(10, 4000)])
    return rows, [LEFT, RIGHT, RIGHT, RIGHT, RIGHT], {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)}


def groups(writer, count):
    """A city in the first column stands for two or three people beside it. With its spans."""
    label, random = writer.label, writer.random
    rows, spans = [[label["city"], label["name"], label["phone"]]], {}
    while len(rows) <= count:
        members = random.randint(2, 3)
        spans[(len(rows), 0)] = (members, 1)
        city = writer.of(words.CITIES)
        rows += [[city if at == 0 else "", writer.person(), writer.phone()] for at in range(members)]
    return rows, [LEFT, LEFT, LEFT], spans


def services(writer, count):
    """Descriptions long enough to wrap beside two short columns."""
    label, random = writer.label, writer.random
    rows = [[label["item"], label["description"], label["amount"]]]
    for _ in range(count):
        rows.append([writer.code(), writer.sentence(), writer.decimal(30, 2000)])
    return rows, [LEFT, LEFT, RIGHT]
