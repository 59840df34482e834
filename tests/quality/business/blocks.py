"""What a page is made of, whatever it is written as: a layout puts blocks one below the other."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Block:
    kind: str
    data: dict

    def __getattr__(self, name):
        try:
            return self.data[name]
        except KeyError:
            raise AttributeError(name) from None


def title(text, align="left", size=16):
    return Block("title", dict(text=text, align=align, size=size))


def lines(texts, align="left", bold=False, size=None):
    """Short lines that are broken where they are; those that are not there are left out."""
    return Block("lines", dict(texts=[text for text in texts if text], align=align, bold=bold, size=size))


def fields(pairs, style="colon", at=140):
    """Labels with their values. Style: colon, columns, space, dots, below, boxed, grid; cells of a form with the label in their
    corner; right, with the labels flush to a line; above, with the value over its label."""
    return Block("fields", dict(pairs=[pair for pair in pairs if pair], style=style, at=at))


def beside(left, right, at=300):
    """Two lists of blocks, the second to the right of the first. Lines and fields only."""
    return Block("beside", dict(left=left, right=right, at=at))


def table(head, rows, aligns, rules="lines", fill=None, zebra=None):
    return Block("table", dict(head=head, rows=rows, aligns=aligns, rules=rules, fill=fill, zebra=zebra))


def sums(pairs, at=270, reach=None, bold=-1):
    """Words, and figures at the right below a table."""
    return Block("sums", dict(pairs=[pair for pair in pairs if pair], at=at, reach=reach, bold=bold))


def text(paragraph, size=None):
    return Block("text", dict(text=paragraph, size=size))


def heading(words):
    return Block("heading", dict(text=words))


def checks(label, choices):
    """Boxes with words beside them, of which some are ticked."""
    return Block("checks", dict(label=label, choices=choices))


def gap(points):
    return Block("gap", dict(points=points))


def rule():
    return Block("rule", {})


def foot(texts):
    """At the bottom of the page, small."""
    return Block("foot", dict(text=" · ".join(text for text in texts if text)))


def imprint(columns):
    """At the bottom of the page, small: up to four short lines in each of some columns."""
    return Block("imprint", dict(columns=[[line for line in column if line] for column in columns]))
