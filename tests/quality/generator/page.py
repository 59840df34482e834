"""Places text on pages and writes down what it places: the truth is made here, by the same calls that draw."""

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from . import fonts

MARGIN = 12  # a template that would write into it has too much to say


class Truth:
    """What a reader finds in a document: blocks in reading order, page by page.

    A block has lines, in the order they are read. One of kind `sides` has two or more columns of short lines that stand beside
    each other and have no order of their own. One of kind `table` has rows of cells.
    """

    def __init__(self):
        self.pages = [[]]
        self.facts = {}

    def add(self, kind, lines=(), **more):
        self.pages[-1].append({"kind": kind, "lines": list(lines), **more})

    def turn(self):
        self.pages.append([])

    def as_json(self):
        pages = []
        for blocks in self.pages:
            text = "\n".join(line for block in blocks for line in lines_of(block))
            pages.append({"text": text, "words": text.split(), "blocks": blocks})
        return {"pages": pages, **self.facts}


def lines_of(block):
    """The lines of a block in the first of its readings: a row of a table is a line, sides follow one another."""
    if block["kind"] == "table":
        return [" ".join(cell for cell in row if cell) for row in block["rows"]]
    if block["kind"] == "sides":
        return [line for side in block["sides"] for line in side]
    return block["lines"]


def wrap(text, font, size, width):
    """Lines that fit, broken at plain spaces only."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and stringWidth(longer, font, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return lines + [line] if line else lines


class Sheet:
    """A PDF being drawn, and its truth."""

    def __init__(self, path, size=A4, face=("Helvetica", "Helvetica-Bold"), points=10.5, by_height=False):
        self.width, self.height = size
        self.canvas = Canvas(str(path), pagesize=size, invariant=1)
        self.regular, self.bold = face
        self.points = points
        self.by_height = by_height  # writes the lines of a page from top to bottom, whichever column they are in
        self.waiting = []
        self.truth = Truth()

    def put(self, x, y, text, font=None, size=None, align="left"):
        """One line at a baseline. Nothing is written down: the caller knows which block it belongs to."""
        font, size = font or self.regular, size or self.points
        reach = stringWidth(text, font, size) * {"left": 1, "right": 0, "centre": 0.5}[align]
        if y < MARGIN or x + reach > self.width - 5:
            raise ValueError(f"the page is full: {text}")
        self.waiting.append((-y, x, text, font, size, align))

    def write(self):
        """What was put on the page, in the order of the file: that of the calls, or that of the heights."""
        for y, x, text, font, size, align in sorted(self.waiting) if self.by_height else self.waiting:
            self.canvas.setFont(font, size)
            draw = {"left": self.canvas.drawString, "right": self.canvas.drawRightString, "centre": self.canvas.drawCentredString}[align]
            draw(x, -y, text)
        self.waiting.clear()
        self.canvas.showPage()

    def turn(self):
        self.write()
        self.truth.turn()

    def save(self):
        self.write()
        self.canvas.save()
        return self.truth


class Flow:
    """Blocks one below the other in a column of a sheet."""

    def __init__(self, sheet, left, width, top, leading=1.35):
        self.sheet, self.left, self.width, self.y, self.leading = sheet, left, width, top, leading
        self.low = 52 if sheet.width > 300 else MARGIN  # above the footer, which a strip does not have

    def gap(self, points):
        self.y -= points

    def line(self, text, font=None, size=None, align="left", indent=0):
        size = size or self.sheet.points
        self.y -= size * self.leading
        if self.y < self.low:
            raise ValueError(f"the column is full: {text}")
        x = {"left": self.left + indent, "right": self.left + self.width, "centre": self.left + self.width / 2}[align]
        self.sheet.put(x, self.y, text, font, size, align)

    def heading(self, text, size, align="left", after=4):
        lines = wrap(text, self.sheet.bold, size, self.width)
        for line in lines:
            self.line(line, self.sheet.bold, size, align)
        self.gap(after)
        self.sheet.truth.add("heading", lines)

    def paragraph(self, text, size=None, after=7, kind="paragraph", align="left", font=None):
        lines = wrap(text, font or self.sheet.regular, size or self.sheet.points, self.width)
        for line in lines:
            self.line(line, font, size, align)
        self.gap(after)
        self.sheet.truth.add(kind, lines)

    def lines(self, lines, size=None, font=None, align="left", after=7, kind="paragraph"):
        """Lines that are broken where they are, as in an address."""
        for line in lines:
            self.line(line, font, size, align)
        self.gap(after)
        self.sheet.truth.add(kind, lines)

    def items(self, items, ordered, mark=fonts.MARK, after=7):
        """A list. A bullet is not text and not in the truth; a number is both."""
        truth = []
        for number, item in enumerate(items, 1):
            marker = f"{number}." if ordered else mark
            lines = wrap(item, self.sheet.regular, self.sheet.points, self.width - 26)
            for at, line in enumerate(lines):
                self.line(line, indent=26)
                if at == 0:
                    self.sheet.put(self.left + 10, self.y, marker)
            truth += [f"{marker} {lines[0]}" if ordered else lines[0], *lines[1:]]
        self.gap(after)
        self.sheet.truth.add("list", truth, items=list(items), ordered=ordered)

    def sides(self, sides, places, aligns=None, size=None, after=12):
        """Columns of short lines beside each other, line by line at the same height."""
        top = self.y
        low = top
        for side, place, align in zip(sides, places, aligns or ["left"] * len(sides)):
            self.y = top
            for line in side:
                self.y -= (size or self.sheet.points) * self.leading
                self.sheet.put(self.left + place, self.y, line, None, size, align)
            low = min(low, self.y)
        self.y = low - after
        self.sheet.truth.add("sides", sides=[list(side) for side in sides])

    def pairs(self, pairs, left, right, bold=None, size=None, after=8):
        """Lines of a word and, at the right, a figure: read line by line."""
        for at, (word, figure) in enumerate(pairs):
            font = self.sheet.bold if bold is not None and at == bold % len(pairs) else None
            self.line(word, font, size, indent=left)
            self.sheet.put(self.left + right, self.y, figure, font, size, "right")
        self.gap(after)
        self.sheet.truth.add("pairs", [f"{word} {figure}" for word, figure in pairs])
