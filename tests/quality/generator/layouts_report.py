"""Pages of the report family: other arrangements, faces, margins and words than those of the tuning family."""

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm

from . import fonts, rows_of_cells
from .grid import Grid
from .page import Flow, Sheet

LEFT = 78
RIGHT = 54


def start(writer, path, embedded, points=11):
    size = LETTER if writer.language == "en" else A4
    sheet = Sheet(path, size=size, face=fonts.choose(writer, embedded), points=points, by_height=writer.index % 2 == 1)
    return sheet, Flow(sheet, LEFT, sheet.width - LEFT - RIGHT, sheet.height - 58, leading=1.42)


def foot(sheet, left, right):
    """A line across the page with words at both of its ends below it."""
    sheet.canvas.setLineWidth(0.4)
    sheet.canvas.line(LEFT, 46, sheet.width - RIGHT, 46)
    sheet.put(LEFT, 34, left, None, 8)
    sheet.put(sheet.width - RIGHT, 34, right, None, 8, "right")
    sheet.truth.add("footer", [f"{left} {right}"])


def letter(writer, path, embedded=False):
    """Recipient at the left and sender at the right of the same height, the date under the subject."""
    sheet, flow = start(writer, path, embedded)
    company = writer.company()
    flow.gap(26)
    flow.sides([writer.address(), [company, writer.street(), writer.town(), writer.phone()]], [0, 290], after=30)
    flow.heading(f"{writer.label['subject']} {writer.code()}: {writer.title()}", 12.5, after=4)
    flow.lines([f"{writer.label['date']} {writer.date()}"], size=9.5, after=14)
    flow.paragraph(f"{writer.label['dear']} {writer.person().split()[-1]},", after=10)
    for _ in range(writer.random.randint(2, 4)):
        flow.paragraph(writer.paragraph(3, 4), after=10)
    if writer.index % 2 == 0:
        flow.items(writer.things(3), ordered=writer.index % 4 == 0, mark="–")
    flow.paragraph(writer.label["regards"], after=36)
    flow.lines([writer.person(), company], after=0)
    foot(sheet, writer.iban(), writer.phone())
    return done(sheet, company)


def report(writer, path, embedded=False):
    """Centred title and author, sections without numbers, on two pages. Rendered to an image, one."""
    sheet, flow = start(writer, path, embedded, points=10.5)
    company = writer.company()
    titles = writer.titles(5)
    for page in range(1 if embedded else 2):
        if page:
            foot(sheet, company, f"{writer.label['page']} {page}")
            sheet.turn()
            flow = Flow(sheet, LEFT, sheet.width - LEFT - RIGHT, sheet.height - 58, leading=1.42)
        else:
            flow.heading(titles[4], 22, align="centre", after=2)
            flow.lines([f"{writer.person()}, {writer.date()}"], align="centre", after=20)
        for at, title in enumerate(titles[2 * page:2 * page + 2]):
            flow.heading(title, 14.5, after=6)
            flow.paragraph(writer.paragraph(3, 4))
            if at == writer.index % 2:
                flow.items(writer.things(4), ordered=writer.index % 3 == 0)
            flow.paragraph(writer.paragraph(2, 4))
    foot(sheet, company, f"{writer.label['page']} {2 - embedded}")
    return done(sheet, company)


def invoice(writer, path, embedded=False):
    """Vendor at the right, a wide word for the kind of paper, a table with tinted rows, sums in the middle."""
    sheet, flow = start(writer, path, embedded, points=9.5)
    company, label = writer.company(), writer.label
    flow.lines([company, writer.street(), writer.town()], align="right", after=10, kind="header")
    flow.heading(label["invoice"].upper(), 20, after=12)
    names = [label["number"], label["date"], label["customer"]]
    values = [writer.code(3, 5), writer.date(), writer.code(1, 6)]
    flow.pairs(list(zip(names, values)), 0, 220, after=12)
    flow.lines(writer.address(), after=18)
    rows, aligns, total = rows_of_cells.order(writer, writer.random.randint(3, 8))
    Grid(rows, aligns, "none", fill=0.82, zebra=0.95, stretch=True, pad=(6, 4)).draw(flow, after=14)
    tax = total * 21 // 100
    flow.pairs([(label["subtotal"], writer.euros(total)), (label["tax"], writer.euros(tax)), (label["total"], writer.euros(total + tax))],
               120, 330, bold=-1, after=20)
    flow.paragraph(f"{label['terms']} {writer.sentence()}", size=9)
    foot(sheet, company, writer.iban())
    return done(sheet, company)


def statement(writer, path, embedded=False):
    """Movements with a column for each direction, in tinted rows."""
    sheet, flow = start(writer, path, embedded, points=9)
    bank, label = writer.company(), writer.label
    flow.heading(label["statement"], 17, align="right", after=4)
    flow.sides([[bank, writer.town()], [writer.person(), writer.iban()]], [0, 260], after=16)
    flow.pairs([(f"{label['opening']} {writer.short_date()}", writer.money())], 0, 300)
    rows, aligns = rows_of_cells.bookings(writer, writer.random.randint(7, 15), empties=True)
    Grid(rows, aligns, "none", fill=0.85, zebra=0.96 if writer.index % 2 else None, stretch=True, pad=(5, 2.5)).draw(flow, after=14)
    flow.pairs([(f"{label['closing']} {writer.short_date()}", writer.money())], 0, 300, after=18)
    flow.paragraph(writer.paragraph(2, 2), size=8.5)
    foot(sheet, bank, f"{label['page']} {writer.random.randint(1, 9)}")
    return done(sheet, bank)


def ruled(writer, path, embedded=False):
    """A table with rules, before the text or within it."""
    sheet, flow = start(writer, path, embedded, points=9)
    flow.heading(writer.title(), 16, align="centre", after=12)
    if writer.index % 2:
        flow.paragraph(writer.paragraph(2, 3))
    count, kind = writer.random.randint(4, 11), writer.index % 4
    if kind == 0:
        rows, aligns, spans = rows_of_cells.groups(writer, count)
        Grid(rows, aligns, "boxes", spans=spans, stretch=True, fill=0.9).draw(flow)
    elif kind == 1:
        rows, aligns = rows_of_cells.bookings(writer, count, empties=True)
        Grid(rows, aligns, "lines", pad=(4, 4)).draw(flow)
    elif kind == 2:
        rows, aligns = rows_of_cells.services(writer, 6)
        Grid(rows, aligns, "boxes", pad=(6, 4)).draw(flow)
    else:
        rows, aligns, spans = rows_of_cells.years(writer, count)
        Grid(rows, aligns, "lines", header=2, spans=spans, fill=0.86, stretch=True).draw(flow)
    flow.gap(8)
    flow.paragraph(writer.paragraph(2, 3))
    foot(sheet, writer.company(), str(writer.random.randint(2, 60)))
    return done(sheet)


def unruled(writer, path, embedded=False):
    """A table whose rows are tinted, or which has nothing but its columns; some of its cells are empty."""
    sheet, flow = start(writer, path, embedded, points=8.8)
    flow.heading(writer.title(), 16, after=10)
    flow.paragraph(writer.paragraph(2, 2))
    count, kind = writer.random.randint(5, 10), writer.index % 4
    if kind == 0:
        rows, aligns = rows_of_cells.bookings(writer, count, empties=True)
    elif kind == 1:
        rows, aligns, _ = rows_of_cells.order(writer, count)
    elif kind == 2:
        rows, aligns = rows_of_cells.goods(writer, count)
        rows[writer.random.randint(2, count)][3] = ""
    else:
        rows, aligns = rows_of_cells.people(writer, count)
        rows[writer.random.randint(2, count)][2] = ""
    tint = writer.index % 2
    Grid(rows, aligns, "none", fill=0.85 if tint else None, zebra=0.95 if tint else None, pad=(8, 4),
         stretch=writer.index % 3 == 0).draw(flow, after=18)
    flow.paragraph(writer.paragraph(2, 3))
    foot(sheet, writer.company(), str(writer.random.randint(2, 60)))
    return done(sheet)


def columns(writer, path, embedded=False):
    """Title and summary across the page, two narrow-set columns, the second one shorter, none of them with the other's lines."""
    sheet, flow = start(writer, path, embedded, points=9)
    flow.heading(writer.title(), 20, after=2)
    flow.lines([f"{writer.person()} · {writer.date()}"], after=10)
    flow.paragraph(writer.paragraph(2, 2), size=10, after=16)
    gutter = 18
    width = (flow.width - gutter) / 2
    for side, low in enumerate((130, writer.random.randint(150, 320))):
        column = Flow(sheet, LEFT + side * (width + gutter), width, flow.y - 5 * side, leading=1.3 + 0.04 * side)
        for title in writer.titles(4):
            if column.y > low + 60:
                column.heading(title, 10.5, after=2)
                while column.y > low + 30:
                    column.paragraph(writer.paragraph(1, 3), after=5)
                    if writer.random.random() < 0.4:
                        break
    foot(sheet, writer.company(), str(writer.random.randint(2, 60)))
    return done(sheet)


def receipt(writer, path, embedded=True):
    """A strip of 76 mm by 380 mm; count and single price stand on a line of their own under the name."""
    name = fonts.MONO[writer.family][writer.index % 2]
    sheet = Sheet(path, size=(76 * mm, 380 * mm), face=fonts.pair(name), points=8.8)
    flow, label = Flow(sheet, 16, sheet.width - 32, sheet.height - 20, leading=1.4), writer.label
    shop = writer.company()
    flow.paragraph(shop, size=9.5, font=sheet.bold, after=0, kind="header")
    flow.lines([writer.street(), writer.town()], size=8, after=8)
    flow.lines([f"{label['number']} {writer.random.randint(1000, 99999)}", f"{label['date']} {writer.date()}"], after=8)
    total, at = 0, 0
    lines = []
    while flow.y - len(lines) * 8.8 * 1.4 > 230:
        price, count = writer.random.randint(60, 2900), writer.random.randint(1, 5)
        total += price * count
        lines.append((writer.foods(1)[0], writer.figure(price * count)))
        at += 1
        if count > 1:
            lines.append((f"   {count} x {writer.figure(price)}", ""))
    for word, figure in lines:
        flow.line(word)
        if figure:
            sheet.put(flow.left + flow.width, flow.y, figure, None, None, "right")
    sheet.truth.add("pairs", [f"{word.strip()} {figure}".strip() for word, figure in lines])
    flow.gap(8)
    flow.pairs([(label["subtotal"], writer.figure(total)), (label["total"], writer.euros(total))], 0, flow.width, bold=-1)
    flow.pairs([(label["cash"], writer.euros(total)), (label["tax"], writer.figure(total // 6))], 0, flow.width, after=14)
    flow.paragraph(f"{label['thanks']}. {label['till']} {writer.random.randint(1, 12)}, {at} x", size=8)
    return done(sheet, shop)


def small_print(writer, path, embedded=True):
    """Terms in 7 points under small headings, in a block of middle width."""
    sheet, flow = start(writer, path, True, points=7)
    flow.width, flow.leading = 350, 1.5
    flow.heading(writer.title(), 9)
    for title in writer.titles(6):
        if flow.y > 300:
            flow.heading(title, 7.5, after=1)
            flow.paragraph(writer.paragraph(3, 4))
            flow.paragraph(writer.paragraph(2, 3))
    return done(sheet)


def done(sheet, vendor=None):
    truth = sheet.save()
    if vendor:
        truth.facts["vendor"] = vendor
    return truth
