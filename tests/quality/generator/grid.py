"""Tables on a page: with rules around their cells, or with nothing but the places of the words."""

from reportlab.pdfbase.pdfmetrics import stringWidth

from .page import wrap

GRIDS = ("lines", "boxes")  # rules drawn across the table, or a rectangle for every cell


class Grid:
    """Rows of cells with the same number of columns. A span is {(row, column): (rows, columns)}; cells under it are empty."""

    def __init__(self, rows, aligns, rules, header=1, spans=None, fill=None, zebra=None, pad=(5, 3), stretch=False):
        self.rows, self.aligns, self.rules, self.header = rows, aligns, rules, header
        self.spans = spans or {}
        self.fill, self.zebra, self.pad, self.stretch = fill, zebra, pad, stretch

    def covered(self):
        """Cells that lie under another one's span."""
        return {(row + down, column + right) for (row, column), (rows, columns) in self.spans.items()
                for down in range(rows) for right in range(columns)} - set(self.spans)

    def widths(self, sheet, size, room):
        """As wide as the widest cell. What does not fit is taken from the widest column, whose cells then wrap."""
        widths = [0.0] * len(self.aligns)
        for at, row in enumerate(self.rows):
            for column, cell in enumerate(row):
                if self.spans.get((at, column), (1, 1))[1] == 1:
                    font = sheet.bold if at < self.header else sheet.regular
                    widths[column] = max(widths[column], stringWidth(cell, font, size) + 2 * self.pad[0] + 0.5)
        excess = sum(widths) - room
        if excess > 0:
            widest = widths.index(max(widths))
            widths[widest] -= excess
            if widths[widest] < 60 or self.rules not in GRIDS:
                raise ValueError("the table does not fit the page")
        elif self.stretch:
            widths = [width - excess / len(widths) for width in widths]
        return widths

    def draw(self, flow, size=None, after=10):
        sheet = flow.sheet
        size = size or sheet.points
        widths = self.widths(sheet, size, flow.width)
        lefts = [flow.left + sum(widths[:at]) for at in range(len(widths) + 1)]
        wrapped = [[wrap(cell, sheet.bold if at < self.header else sheet.regular, size, self.span_width(at, column, lefts) - 2 * self.pad[0])
                    for column, cell in enumerate(row)] for at, row in enumerate(self.rows)]
        leading = size * 1.25
        heights = [max((len(cell) for column, cell in enumerate(row) if self.spans.get((at, column), (1, 1))[0] == 1), default=1)
                   for at, row in enumerate(wrapped)]
        tops = [flow.y]
        for height in heights:
            tops.append(tops[-1] - max(height, 1) * leading - 2 * self.pad[1])
        if tops[-1] < flow.low:
            raise ValueError("the table does not fit the page")
        self.paint(sheet.canvas, lefts, tops)
        for at, row in enumerate(wrapped):
            for column, cell in enumerate(row):
                self.write(sheet, at, column, cell, (lefts, tops), (size, leading))
        self.rule(sheet.canvas, lefts, tops)
        flow.y = tops[-1] - after
        spans = [[*cell, *span] for cell, span in sorted(self.spans.items())]
        sheet.truth.add("table", rows=self.rows, header_rows=self.header, spans=spans)
        sheet.truth.facts.setdefault("tables", []).append(
            {"page": len(sheet.truth.pages) - 1, "ruled": self.rules in GRIDS, "header_rows": self.header, "rows": self.rows, "spans": spans})

    def span_width(self, row, column, lefts):
        return lefts[column + self.spans.get((row, column), (1, 1))[1]] - lefts[column]

    def write(self, sheet, row, column, cell, places, sizes):
        (lefts, tops), (size, leading) = places, sizes
        rows, columns = self.spans.get((row, column), (1, 1))
        left, right = lefts[column] + self.pad[0], lefts[column + columns] - self.pad[0]
        room = tops[row] - tops[row + rows]
        y = tops[row] - (room - len(cell) * leading) / 2 - size * 0.95
        align = "centre" if columns > 1 else self.aligns[column]
        for line in cell:
            x = {"left": left, "right": right, "centre": (left + right) / 2}[align]
            sheet.put(x, y, line, sheet.bold if row < self.header else None, size, align)
            y -= leading

    def paint(self, canvas, lefts, tops):
        for row in range(len(self.rows)):
            tint = self.fill if row < self.header else self.zebra if row % 2 else None
            if tint:
                canvas.saveState()
                canvas.setFillGray(tint)
                canvas.rect(lefts[0], tops[row + 1], lefts[-1] - lefts[0], tops[row] - tops[row + 1], stroke=0, fill=1)
                canvas.restoreState()

    def rule(self, canvas, lefts, tops):
        canvas.setLineWidth(0.6)
        if self.rules == "lines" and not self.spans:
            for top in tops:
                canvas.line(lefts[0], top, lefts[-1], top)
            for left in lefts:
                canvas.line(left, tops[0], left, tops[-1])
        elif self.rules in GRIDS:
            under = self.covered()
            for row in range(len(self.rows)):
                for column in range(len(self.aligns)):
                    if (row, column) not in under:
                        rows, columns = self.spans.get((row, column), (1, 1))
                        canvas.rect(lefts[column], tops[row + rows], lefts[column + columns] - lefts[column], tops[row] - tops[row + rows])
        elif self.rules == "header":
            canvas.line(lefts[0], tops[self.header], lefts[-1], tops[self.header])
