"""Pages of the tuning family."""

from reportlab.lib.units import mm

from . import fonts, rows_of_cells
from .grid import Grid
from .page import Flow, Sheet
from .words import CITIES

MARGIN = 62


def start(writer, path, embedded, points=10.5):
    sheet = Sheet(path, face=fonts.choose(writer, embedded), points=points, by_height=writer.index % 4 == 3)
    return sheet, Flow(sheet, MARGIN, sheet.width - 2 * MARGIN, sheet.height - 50)


def foot(sheet, text):
    """At the bottom of the page, in the middle, small."""
    sheet.put(sheet.width / 2, 34, text, None, 8.5, "centre")
    sheet.truth.add("footer", [text])


def letter(writer, path, embedded=False):
    """Sender at the top left, date at the right below the recipient."""
    sheet, flow = start(writer, path, embedded)
    company = writer.company()
    flow.lines([company], size=15, font=sheet.bold, after=0, kind="header")
    flow.lines([f"{writer.street()}, {writer.town()}"], size=9, after=34)
    flow.lines(writer.address(), after=22)
    flow.lines([f"{writer.of(CITIES)}, {writer.date()}"], align="right", after=18)
    flow.heading(f"{writer.label['subject']}: {writer.title()}", 11.5, after=10)
    flow.paragraph(f"{writer.label['dear']} {writer.person().split()[-1]},")
    for _ in range(writer.random.randint(3, 5)):
        flow.paragraph(writer.paragraph(2, 4))
    if writer.index % 2:
        flow.items(writer.things(4), ordered=writer.index % 4 == 1)
    flow.paragraph(writer.label["regards"], after=30)
    flow.lines([writer.person()])
    foot(sheet, f"{company} · {writer.phone()} · {writer.iban()}")
    return done(sheet, company)


def report(writer, path, embedded=False):
    """A title, then numbered sections, on two pages. Rendered to an image, one."""
    sheet, flow = start(writer, path, embedded)
    company = writer.company()
    titles = writer.titles(6)
    for page in range(1 if embedded else 2):
        if page:
            foot(sheet, f"{writer.label['page']} {page}")
            sheet.turn()
            flow = Flow(sheet, MARGIN, sheet.width - 2 * MARGIN, sheet.height - 50)
        flow.lines([company], size=8.5, align="right", after=10, kind="header")
        if page == 0:
            flow.heading(writer.title(), 19, after=12)
        for number, title in enumerate(titles[3 * page:3 * page + 3], 3 * page + 1):
            flow.heading(f"{number} {title}", 13)
            for _ in range(2):
                flow.paragraph(writer.paragraph(2, 3))
            if number % 3 == 2:
                flow.items(writer.things(3), ordered=bool(writer.index % 2))
    foot(sheet, f"{writer.label['page']} {2 - embedded}")
    return done(sheet, company)


def invoice(writer, path, embedded=False):
    """Vendor over the page, customer left, figures right, a ruled table, sums at its right end."""
    sheet, flow = start(writer, path, embedded, points=10)
    company, label = writer.company(), writer.label
    flow.lines([company], size=17, font=sheet.bold, align="centre", after=0, kind="header")
    flow.lines([f"{writer.street()} · {writer.town()} · {writer.phone()}"], size=9, align="centre", after=26)
    facts = [f"{label['number']} {writer.random.randint(10000, 99999)}", f"{label['date']} {writer.short_date()}",
             f"{label['due']} {writer.short_date()}"]
    flow.sides([writer.address(), facts], [0, 330], after=24)
    flow.heading(label["invoice"], 16, after=10)
    rows, aligns, total = rows_of_cells.order(writer, writer.random.randint(4, 9))
    Grid(rows, aligns, "lines", fill=0.9, stretch=True).draw(flow)
    tax = total * 20 // 100
    flow.pairs([(label["subtotal"], writer.euros(total)), (label["tax"], writer.euros(tax)), (label["total"], writer.euros(total + tax))],
               270, flow.width - 5, bold=-1, after=18)
    flow.paragraph(label["terms"])
    foot(sheet, f"{company} · IBAN {writer.iban()}")
    return done(sheet, company)


def statement(writer, path, embedded=False):
    """An account's movements, without rules."""
    sheet, flow = start(writer, path, embedded, points=9.5)
    bank, label = writer.company(), writer.label
    flow.lines([bank], size=13, font=sheet.bold, after=16, kind="header")
    flow.heading(f"{label['statement']} {writer.random.randint(1, 12)}/{writer.random.randint(2019, 2026)}", 14, after=8)
    flow.lines([writer.person(), f"{label['account']} {writer.iban()}"], after=14)
    flow.pairs([(label["opening"], writer.money())], 0, flow.width, bold=0)
    rows, aligns = rows_of_cells.bookings(writer, writer.random.randint(6, 14))
    Grid(rows, aligns, "header", stretch=True, pad=(4, 2)).draw(flow)
    flow.pairs([(label["closing"], writer.money())], 0, flow.width, bold=0, after=14)
    flow.paragraph(writer.paragraph(1, 2), size=8.5)
    foot(sheet, f"{label['page']} 1")
    return done(sheet, bank)


def ruled(writer, path, embedded=False):
    """A paragraph, a table with rules, a paragraph."""
    sheet, flow = start(writer, path, embedded, points=9.5)
    flow.heading(writer.title(), 15, after=8)
    flow.paragraph(writer.paragraph(2, 3))
    count, kind = writer.random.randint(4, 10), writer.index % 4
    if kind == 0:
        rows, aligns = rows_of_cells.goods(writer, count)
        Grid(rows, aligns, "lines", fill=0.88, stretch=True).draw(flow)
    elif kind == 1:
        rows, aligns, spans = rows_of_cells.years(writer, count)
        Grid(rows, aligns, "boxes", header=2, spans=spans).draw(flow)
    elif kind == 2:
        rows, aligns = rows_of_cells.people(writer, count)
        Grid(rows, aligns, "boxes").draw(flow)
    else:
        rows, aligns = rows_of_cells.services(writer, 5)
        Grid(rows, aligns, "lines").draw(flow)
    flow.paragraph(writer.paragraph(1, 2))
    foot(sheet, f"{writer.label['page']} {writer.random.randint(1, 40)}")
    return done(sheet)


def unruled(writer, path, embedded=False):
    """A paragraph, a table whose columns are only aligned, a paragraph."""
    sheet, flow = start(writer, path, embedded, points=9)
    flow.heading(writer.title(), 15, after=8)
    flow.paragraph(writer.paragraph(2, 3))
    count, kind = writer.random.randint(5, 10), writer.index % 4
    if kind == 0:
        rows, aligns = rows_of_cells.goods(writer, count)
    elif kind == 1:
        rows, aligns = rows_of_cells.people(writer, count)
    elif kind == 2:
        rows, aligns = rows_of_cells.bookings(writer, count)
    else:
        rows, aligns, _ = rows_of_cells.order(writer, count)
    Grid(rows, aligns, "header" if writer.index % 2 else "none", pad=(7, 3), stretch=bool(writer.index % 3)).draw(flow, after=16)
    flow.paragraph(writer.paragraph(1, 2))
    foot(sheet, f"{writer.label['page']} {writer.random.randint(1, 40)}")
    return done(sheet)


def columns(writer, path, embedded=False):
    """A title across the page, two columns of sections below it."""
    sheet, flow = start(writer, path, embedded, points=9.5)
    flow.heading(writer.title(), 18, align="centre", after=14)
    gutter = 24
    width = (flow.width - gutter) / 2
    for side, titles in enumerate((writer.titles(3), writer.titles(3))):
        column = Flow(sheet, MARGIN + side * (width + gutter), width, flow.y)
        for title in titles:
            if column.y < 210:
                break
            column.heading(title, 11.5)
            for _ in range(2):
                if column.y > 180:
                    column.paragraph(writer.paragraph(2, 3))
    foot(sheet, f"{writer.label['page']} {writer.random.randint(1, 40)}")
    return done(sheet)


def receipt(writer, path, embedded=True):
    """A till's strip of 80 mm by 400 mm."""
    name = fonts.MONO[writer.family][writer.index % 2]
    sheet = Sheet(path, size=(80 * mm, 400 * mm), face=fonts.pair(name), points=8.4)
    flow, label = Flow(sheet, 14, sheet.width - 28, sheet.height - 16, leading=1.45), writer.label
    shop = writer.company()
    flow.lines([shop.split()[0].upper()], size=14, font=sheet.bold, align="centre", after=0, kind="header")
    flow.lines([shop, writer.street(), writer.town(), writer.phone()], size=8, align="centre", after=8)
    flow.pairs([(f"{label['till']} {writer.random.randint(1, 9)}", f"{writer.short_date()} {writer.random.randint(8, 20):02}:{writer.random.randint(0, 59):02}")],
               0, flow.width, after=6)
    total, lines = 0, []
    while flow.y - len(lines) * 8.4 * 1.45 > 210:
        price, count = writer.random.randint(45, 2600), writer.random.randint(1, 4)
        total += price * count
        lines.append((f"{count} {writer.foods(1)[0]}", writer.figure(price * count)))
    flow.pairs(lines, 0, flow.width, after=6)
    paid = (total // 1000 + 1) * 1000
    flow.pairs([(label["total"], writer.euros(total)), (label["cash"], writer.euros(paid)), (label["change"], writer.euros(paid - total))],
               0, flow.width, bold=0)
    flow.pairs([(label["tax"], writer.figure(total // 6))], 0, flow.width, after=12)
    flow.lines([label["thanks"]], align="centre")
    return done(sheet, shop)


def small_print(writer, path, embedded=True):
    """Numbered terms in 7 points across a page."""
    sheet, flow = start(writer, path, True, points=7)
    flow.leading = 1.45
    flow.heading(writer.title(), 10)
    number = 1
    while flow.y > 330:
        flow.paragraph(f"{number}. {writer.paragraph(3, 5)}")
        number += 1
    return done(sheet)


def done(sheet, vendor=None):
    truth = sheet.save()
    if vendor:
        truth.facts["vendor"] = vendor
    return truth
