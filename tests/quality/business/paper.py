"""Blocks on the pages of a PDF. Where every line was put is written down by the call that puts it."""

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth

from generator import fonts
from generator.grid import Grid
from generator.page import Flow, Sheet, wrap

STRIP = (80 * mm, 230 * mm)
TALL = ("boxed", "below", "above", "cells")  # styles of fields that take two lines or more for each
# By family: margins at left, right and top; points of type on a page and on a strip; leading; of every four papers the one that is
# written line by line.
SHAPES = {"tuning": ((58, 58, 48), (10, 8.2), 1.35, None), "practice": ((64, 48, 54), (9.6, 8), 1.4, 1),
          "drill": ((56, 44, 46), (9.2, 7.8), 1.35, 2), "exercise": ((52, 58, 46), (9.8, 8.1), 1.38, 2),
          "report": ((74, 50, 60), (9.4, 8.6), 1.45, 3)}
# By family: currencies whose English papers are of the American size.
AMERICAN = {"tuning": (), "practice": ("USD",), "drill": ("USD", "CAD"), "exercise": (), "report": ("USD", "EUR", "GBP")}


class Board(Sheet):
    """A sheet that knows the places of its lines: [page, left, top, right, bottom, text], in shares of the page."""

    def __init__(self, path, **more):
        super().__init__(path, **more)
        self.places = []

    def put(self, x, y, text, font=None, size=None, align="left"):
        super().put(x, y, text, font, size, align)
        size = size or self.points
        width = stringWidth(text, font or self.regular, size)
        left = x - width * {"left": 0, "right": 1, "centre": 0.5}[align]
        edges = (left / self.width, 1 - (y + size) / self.height, (left + width) / self.width, 1 - (y - 0.3 * size) / self.height)
        self.places.append([len(self.truth.pages), *(round(edge, 4) for edge in edges), text])


class Paper:
    """A document being drawn, block by block; a page is turned where the next block has no room."""

    def __init__(self, facts, path, embedded=False, strip=False):
        margins, points, self.leading, by_height = SHAPES[facts.family]
        face = fonts.choose(facts.writer, embedded)
        american = facts.language == "en" and facts.style.currency in AMERICAN[facts.family]
        size = STRIP if strip else LETTER if american else A4
        self.left, self.right, self.top = (14, 14, 18) if strip else margins
        self.points = points[strip]
        self.board = Board(path, size=size, face=face, points=self.points, by_height=facts.index % 4 == by_height)
        self.flow = self.fresh()

    def fresh(self):
        return Flow(self.board, self.left, self.board.width - self.left - self.right, self.board.height - self.top, leading=self.leading)

    def turn(self):
        self.board.turn()
        self.flow = self.fresh()

    def page(self):
        return len(self.board.truth.pages)

    def height(self):
        """How far down the page the next block begins, as a share of its height."""
        return 1 - self.flow.y / self.board.height

    def draw(self, blocks):
        for block in blocks:
            if block.kind == "table":
                self.table(block)
                continue
            if self.flow.y - self.need(block) < self.flow.low:
                self.turn()
            getattr(self, block.kind)(self.flow, block)

    def draw_all(self, blocks):
        self.draw(blocks)
        self.save()

    def line_height(self, size=None):
        return (size or self.points) * self.leading

    def need(self, block):
        """Points that a block takes, or somewhat more."""
        line = self.line_height()
        if block.kind in ("foot", "gap", "imprint"):
            return 0
        if block.kind == "lines":
            return len(block.texts) * self.line_height(block.size) + 8
        if block.kind == "text":
            return (len(wrap(block.text, self.board.regular, block.size or self.points, self.flow.width)) + 1) * self.line_height(block.size)
        if block.kind in ("fields", "sums"):
            return len(block.pairs) * (line * 2 if block.data.get("style") in TALL else line) + 40
        if block.kind == "beside":
            return max(sum(map(self.need, side)) for side in (block.left, block.right))
        return 3 * line + (block.size if block.kind == "title" else 0)

    # Blocks

    def title(self, flow, block):
        flow.heading(block.text, block.size, align=block.align, after=8)

    def heading(self, flow, block):
        flow.heading(block.text, self.points + 2, after=4)

    def lines(self, flow, block):
        self.fitting(flow, block.texts, block.size, self.board.bold if block.bold else self.board.regular, block.align, 6)

    def fitting(self, flow, texts, size=None, font=None, align="left", after=8):
        """Lines in type small enough for the widest of them."""
        font, size = font or self.board.regular, size or self.points
        widest = max((stringWidth(line, font, size) for line in texts), default=0)
        flow.lines(texts, size=min(size, size * flow.width / widest) if widest else size, font=font, align=align, after=after)

    def text(self, flow, block):
        flow.paragraph(block.text, size=block.size)

    def gap(self, flow, block):
        flow.gap(block.points)

    def rule(self, flow, block):
        self.board.canvas.line(flow.left, flow.y, flow.left + flow.width, flow.y)
        flow.gap(8)

    def foot(self, flow, block):
        if block.text:
            self.board.put(self.board.width / 2, 32, block.text, None, 8, "centre")

    def imprint(self, flow, block):
        width = (self.board.width - self.left - self.right) / len(block.columns)
        for at, column in enumerate(block.columns):
            size = min([6.8, *(6.8 * (width - 8) / stringWidth(line, self.board.regular, 6.8) for line in column)])
            for down, line in enumerate(column):
                self.board.put(self.left + at * width, 46 - 8.5 * down, line, None, size)

    def beside(self, flow, block):
        top, low = flow.y, flow.y
        for side, place in ((block.left, 0), (block.right, block.at)):
            width = flow.width - place if place else block.at - 12
            column = Flow(self.board, flow.left + place, width, top, leading=self.leading)
            for inner in side:
                getattr(self, inner.kind)(column, inner)
            low = min(low, column.y)
        flow.y = low - 6

    def sums(self, flow, block):
        flow.pairs(block.pairs, block.at, block.reach or flow.width - 5, bold=block.bold, after=10)

    def checks(self, flow, block):
        flow.line(block.label)
        at = 130
        for word, ticked in block.choices:
            self.box(flow.left + at, flow.y, ticked)
            self.board.put(flow.left + at + 14, flow.y, word)
            at += stringWidth(word, self.board.regular, self.points) + 44
        flow.gap(8)

    def box(self, x, y, ticked):
        side = self.points * 0.85
        self.board.canvas.rect(x, y - 1, side, side)
        if ticked:
            self.board.put(x + side / 2, y, "X", self.board.bold, self.points * 0.8, "centre")

    def fields(self, flow, block):
        if block.pairs:
            getattr(self, f"fields_{block.style}")(flow, block)

    def fields_colon(self, flow, block):
        self.fitting(flow, [f"{name}: {value}" for name, value in block.pairs])

    def fields_space(self, flow, block):
        self.fitting(flow, [f"{name} {value}" for name, value in block.pairs])

    def fields_columns(self, flow, block):
        at = max(block.at, *(stringWidth(name, self.board.regular, self.points) + 12 for name, _ in block.pairs))
        for name, value in block.pairs:
            flow.line(name)
            self.board.put(flow.left + at, flow.y, value)
        flow.gap(8)

    def fields_apart(self, flow, block):
        """The value at the right edge, bold."""
        for name, value in block.pairs:
            flow.line(name)
            self.board.put(flow.left + flow.width, flow.y, value, self.board.bold, None, "right")
        flow.gap(8)

    def fields_dots(self, flow, block):
        for name, value in block.pairs:
            room = flow.left + block.at - 8
            dots = ""
            while flow.left + stringWidth(f"{name} {dots}..", self.board.regular, self.points) < room:
                dots += "."
            flow.line(f"{name} {dots}")
            self.board.put(flow.left + block.at, flow.y, value)
            flow.gap(3)
        flow.gap(8)

    def fields_below(self, flow, block):
        """Rows of labels in small type with the values under them."""
        widest = max(stringWidth(text, self.board.bold, self.points) for pair in block.pairs for text in pair) + 6
        count = max(1, min(3, int(flow.width / widest)))
        for start in range(0, len(block.pairs), count):
            row = block.pairs[start:start + count]
            places = [flow.left + flow.width * at / count for at in range(count)]
            flow.gap(self.points * self.leading)
            for place, (name, _) in zip(places, row):
                self.board.put(place, flow.y, name, self.board.bold, self.points * 0.8)
            flow.gap(self.points * self.leading)
            for place, (_, value) in zip(places, row):
                self.board.put(place, flow.y, value)
            flow.gap(5)
        flow.gap(4)

    def fields_right(self, flow, block):
        at = max(stringWidth(name, self.board.regular, self.points) for name, _ in block.pairs)
        for name, value in block.pairs:
            flow.gap(self.points * self.leading)
            self.board.put(flow.left + at, flow.y, name, None, None, "right")
            self.board.put(flow.left + at + 10, flow.y, value, self.board.bold)
        flow.gap(8)

    def fields_above(self, flow, block):
        """Rows of values on a line, with the labels in small type under it."""
        for row, places, width in self.rows_of(flow, block.pairs):
            flow.gap(self.points * 1.9)
            for place, (name, value) in zip(places, row):
                self.board.put(place, flow.y, value)
                self.board.canvas.line(place, flow.y - 3, place + width - 12, flow.y - 3)
                self.board.put(place, flow.y - 3 - self.points, name, None, self.points * 0.75)
            flow.gap(self.points + 6)
        flow.gap(4)

    def fields_cells(self, flow, block):
        """Rows of boxes, with the label in small type over the value."""
        high = self.points * 2.6
        for row, places, width in self.rows_of(flow, block.pairs):
            for place, (name, value) in zip(places, row):
                self.board.canvas.rect(place, flow.y - high, width, high)
                self.board.put(place + 4, flow.y - self.points, name, None, self.points * 0.72)
                self.board.put(place + 4, flow.y - self.points * 2.2, value)
            flow.gap(high)
        flow.gap(8)

    def rows_of(self, flow, pairs):
        """As many pairs in a row as have room, up to four; where each begins, and how wide it is."""
        widest = max(stringWidth(text, self.board.regular, self.points) for pair in pairs for text in pair) + 14
        count = max(1, min(4, len(pairs), int(flow.width / widest)))
        for start in range(0, len(pairs), count):
            row = pairs[start:start + count]
            yield row, [flow.left + flow.width * at / count for at in range(len(row))], flow.width / count

    def fields_boxed(self, flow, block):
        Grid([list(pair) for pair in block.pairs], ["left", "left"], "lines", header=0, pad=(5, 3)).draw(flow)

    def fields_grid(self, flow, block):
        """Labels in the head of a ruled table, values in its only row."""
        for start in range(0, len(block.pairs), 3):
            row = block.pairs[start:start + 3]
            Grid([[name for name, _ in row], [value for _, value in row]], ["left"] * len(row), "lines", stretch=True).draw(flow)

    def table(self, block):
        """All rows, on as many pages as they take; the head stands over each part."""
        size = self.points * 0.95
        left = list(block.rows)
        while left:
            room = int((self.flow.y - self.flow.low - 12) / (size * 1.25 + 8)) - 1
            if room < min(2, len(left)):
                self.turn()
                continue
            part, left = left[:room], left[room:]
            grid = Grid([block.head, *part] if block.head else part, block.aligns, block.rules, header=1 if block.head else 0, fill=block.fill,
                        zebra=block.zebra, stretch=self.board.width > 300, pad=(5, 3) if self.board.width > 300 else (2, 1))
            grid.draw(self.flow, size=size, after=12)

    def save(self):
        self.board.save()
        return self.board.places
