"""Blocks in files that have no pages of their own: DOCX and mail."""

import html
from email.message import EmailMessage
from email.policy import SMTP

import docx

from generator.office import settle

TABBED = ("columns", "apart", "dots")
ROWED = ("below", "grid", "cells")
ACROSS = 3


def thirds(pairs):
    return [pairs[at:at + ACROSS] for at in range(0, len(pairs), ACROSS)]


def ticks(block):
    return " ".join(filter(None, [block.label, *(f"{'☒' if ticked else '☐'} {word}" for word, ticked in block.choices)]))


class Texts:
    """What was written, with no place but the first page."""

    def __init__(self):
        self.places = []

    def note(self, text):
        self.places.append([1, None, None, None, None, text])
        return text


class Letterpaper(Texts):
    """A word processor's document."""

    def __init__(self):
        super().__init__()
        self.document = docx.Document()

    def draw(self, blocks, within=None):
        for block in blocks:
            getattr(self, block.kind)(within or self.document, block)

    def paragraph(self, within, text, bold=False):
        if isinstance(within, docx.table._Cell) and len(within.paragraphs) == 1 and not within.paragraphs[0].text:
            made = within.paragraphs[0]
        else:
            made = within.add_paragraph()
        made.add_run(self.note(text)).bold = bold
        return made

    def title(self, within, block):
        if within is self.document:
            within.add_heading(self.note(block.text), 1)
        else:
            self.paragraph(within, block.text, bold=True)

    def heading(self, within, block):
        if within is self.document:
            within.add_heading(self.note(block.text), 2)
        else:
            self.paragraph(within, block.text, bold=True)

    def lines(self, within, block):
        for line in block.texts:
            self.paragraph(within, line, block.bold)

    def text(self, within, block):
        self.paragraph(within, block.text)

    def gap(self, within, block):
        pass

    rule = gap

    def checks(self, within, block):
        self.paragraph(within, ticks(block))

    def foot(self, within, block):
        self.document.sections[0].footer.paragraphs[0].text = self.note(block.text)

    def imprint(self, within, block):
        for column in block.columns:
            self.document.sections[0].footer.add_paragraph(self.note(" ".join(column)))

    def beside(self, within, block):
        grid = self.document.add_table(1, 2)
        self.draw(block.left, grid.cell(0, 0))
        self.draw(block.right, grid.cell(0, 1))

    def fields(self, within, block):
        if not block.pairs:
            return
        if block.style in ROWED and within is self.document:
            for row in thirds(block.pairs):
                self.grid([[name for name, _ in row], [value for _, value in row]])
        elif block.style == "boxed" and within is self.document:
            self.grid(block.pairs)
        else:
            between = "\t" if block.style in TABBED else " " if block.style == "space" else ": "
            for name, value in block.pairs:
                self.paragraph(within, f"{name}{between}{value}")

    def sums(self, within, block):
        for name, value in block.pairs:
            self.paragraph(within, f"{name}\t{value}")

    def table(self, within, block):
        self.grid([block.head, *block.rows] if block.head else block.rows)

    def grid(self, rows):
        made = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                made.cell(at, column).text = self.note(cell)
        self.document.add_paragraph()

    def save(self, path):
        self.document.save(path)
        settle(path)
        return self.places


class Mail(Texts):
    """A mail's body: HTML, or text whose columns are made of spaces."""

    def __init__(self, facts, as_html):
        super().__init__()
        self.facts, self.as_html, self.parts = facts, as_html, []

    def draw(self, blocks):
        for block in blocks:
            getattr(self, block.kind)(block)

    def say(self, line, tag="p"):
        self.note(line)
        self.parts.append(f"<{tag}>{html.escape(line, quote=False)}</{tag}>" if self.as_html else line)

    def title(self, block):
        self.say(block.text, "h1")

    def heading(self, block):
        self.say(block.text, "h2")

    def lines(self, block):
        if self.as_html and block.texts:
            inner = "<br>".join(html.escape(self.note(line), quote=False) for line in block.texts)
            self.parts.append(f"<p><b>{inner}</b></p>" if block.bold else f"<p>{inner}</p>")
        elif block.texts:
            for line in block.texts:
                self.say(line)
            self.parts.append("")

    def text(self, block):
        self.say(block.text)
        if not self.as_html:
            self.parts.append("")

    def gap(self, block):
        pass

    def rule(self, block):
        self.parts.append("<hr>" if self.as_html else "-" * 40)

    def checks(self, block):
        self.say(ticks(block))

    def foot(self, block):
        self.say(block.text)

    def imprint(self, block):
        for line in (line for column in block.columns for line in column):
            self.say(line)

    def beside(self, block):
        self.draw(block.left)
        self.draw(block.right)

    def fields(self, block):
        if self.as_html and block.style in ROWED:
            for row in thirds(block.pairs):
                self.grid([[name for name, _ in row], [value for _, value in row]])
        elif self.as_html and block.style in ("boxed", *TABBED):
            self.grid(block.pairs)
        else:
            for name, value in block.pairs:
                self.say(f"{name} {value}" if block.style == "space" else f"{name}: {value}")
            self.parts.append("")

    def sums(self, block):
        if self.as_html:
            self.grid(block.pairs)
        else:
            for name, value in block.pairs:
                self.say(f"{name:<28}{value:>16}")
            self.parts.append("")

    def table(self, block):
        self.grid([block.head, *block.rows] if block.head else block.rows, head=bool(block.head))

    def grid(self, rows, head=False):
        rows = [list(row) for row in rows if row]
        if not rows:
            return
        if self.as_html:
            lines = []
            for at, row in enumerate(rows):
                tag = "th" if head and at == 0 else "td"
                lines.append("<tr>" + "".join(f"<{tag}>{html.escape(self.note(cell), quote=False)}</{tag}>" for cell in row) + "</tr>")
            self.parts.append(f"<table>{''.join(lines)}</table>")
            return
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        for row in rows:
            self.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        self.parts.append("")

    def save(self, path, subject):
        mail = EmailMessage(policy=SMTP)
        head = {"From": "Post <post@mail.example>", "To": "Desk <desk@mail.example>", "Subject": subject, "Date": "Thu, 01 Jan 2026 00:00:00 +0000"}
        for name, value in head.items():
            mail[name] = self.note(value)
        mail["Message-ID"] = "<1@mail.example>"
        if self.as_html:
            mail.set_content(f"<html><body>{''.join(self.parts)}</body></html>", subtype="html", cte="quoted-printable")
        else:
            mail.set_content("\n".join(self.parts) + "\n", cte="quoted-printable")
        path.write_bytes(mail.as_bytes())
        return self.places
