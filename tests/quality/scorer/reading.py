"""What the engine answered, as plain text and as tables; and what a truth allows as its text."""

import html.parser
import itertools
import re
import unicodedata

TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
BULLET = re.compile(r"^[ \t]*[-*+\u2022\u00b7\u25aa\u25e6\u2013\u2014]\s+", re.MULTILINE)
ITEM = re.compile(r"^[ \t]*(?:[-*+\u2022\u00b7\u25aa\u25e6\u2013\u2014]|(?:\d{1,3}|[a-zA-Z])[.)])[ \t]+(.*)$", re.MULTILINE)
NUMBER = re.compile(r"^[ \t]*\d{1,3}[.)][ \t]+", re.MULTILINE)
BULLETS = frozenset("-*+\u2022\u00b7\u25aa\u25e6\u2013\u2014")


def plain(text):
    """NFC, every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def without_marks(text):
    """Without the marks of headings and bullets. The number of a numbered item is text."""
    return BULLET.sub("", HEADING.sub("", text))


def words(text):
    """Words, bullets that stand alone left out."""
    return [word for word in plain(text).split() if word not in BULLETS]


def without_numbers(text):
    """Without the numbers of numbered items too, which office files and HTML leave to the program that shows them."""
    return NUMBER.sub("", text)


class Answer:
    """A parse response: its text with the tables written cell by cell, and the tables as rows of cells."""

    def __init__(self, response):
        source = "\n\n".join(response["pages"])
        self.tables = [Rows.of(found.group()) for found in TABLE.finditer(source)]
        flat = iter(["\n".join(" ".join(row) for row in table) for table in self.tables])
        self.marked = TABLE.sub(lambda _: f"\n{next(flat)}\n", source)
        self.text = without_marks(self.marked)

    def items(self):
        """Texts of the lines that begin as items of a list, without their marks."""
        return [plain(found.group(1)) for found in ITEM.finditer(self.marked)]


class Rows(html.parser.HTMLParser):
    """Rows of the cells of one HTML table. A cell that spans others is at its top left, the others are empty."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows, self.cell, self.taken = [], None, {}

    @staticmethod
    def of(source):
        reader = Rows()
        reader.feed(source)
        reader.close()
        width = max((len(row) for row in reader.rows), default=0)
        return [row + [""] * (width - len(row)) for row in reader.rows]

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.cell = []
            self.span = [number(dict(attrs).get(name)) for name in ("rowspan", "colspan")]
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.place(plain("".join(self.cell)))
            self.cell = None

    def place(self, text):
        row, at = self.rows[-1], len(self.rows) - 1
        while self.taken.get((at, len(row))):
            row.append("")
        column = len(row)
        for down, right in itertools.product(range(self.span[0]), range(self.span[1])):
            self.taken[at + down, column + right] = True
        row.append(text)


def number(value):
    return max(1, min(int(value), 1000)) if value and value.isdigit() else 1


def readings(truth):
    """Every text that the truth allows. Columns of short lines beside each other may be read one after the other from either
    side, or line by line; all else has one order."""
    choices = []
    for page in truth["pages"]:
        for block in page["blocks"]:
            choices.append(block_readings(block))
    return {plain("\n".join(choice)) for choice in itertools.product(*choices)}


def block_readings(block):
    if block["kind"] == "table":
        return ["\n".join(" ".join(row) for row in block["rows"])]
    if block["kind"] == "sides":
        sides = block["sides"]
        across = [line for row in itertools.zip_longest(*sides, fillvalue="") for line in row]
        return ["\n".join(line for side in order for line in side) for order in (sides, sides[::-1])] + ["\n".join(across)]
    return ["\n".join(block["lines"])]
