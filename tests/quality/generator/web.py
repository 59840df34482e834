"""HTML pages and mails."""

import html
import html.entities
from email.message import EmailMessage
from email.policy import SMTP

from . import rows_of_cells
from .page import Truth


def entities(text):
    """Letters beyond ASCII by their names."""
    names = html.entities.codepoint2name
    return "".join(f"&{names[ord(sign)]};" if ord(sign) in names else sign for sign in text)


def body(writer, truth):
    """Heading, paragraphs, list and table, with the clutter that nobody reads."""
    tuning = writer.family == "tuning"
    safe = entities if writer.index % 2 else lambda text: html.escape(text, quote=False)
    title, items = writer.title(), writer.things(4)
    parts = [f"<h1>{safe(title)}</h1>"]
    truth.add("heading", [title])
    for _ in range(3):
        text = writer.paragraph()
        words = safe(text).split(" ")
        at = writer.random.randrange(len(words) - 1)
        words[at] = f"<b>{words[at]}</b>" if tuning else f'<span class="m"><em>{words[at]}</em></span>'
        parts.append(f"<p>{' '.join(words)}</p>" if tuning else f"<div>\n  {' '.join(words)}\n</div>")
        truth.add("paragraph", [text])
    name = "ol" if writer.index % 3 == 0 else "ul"
    parts.append(f"<{name}>" + "".join(f"<li>{safe(item)}</li>" for item in items) + f"</{name}>")
    ordered = name == "ol"
    truth.add("list", [f"{at}. {item}" if ordered else item for at, item in enumerate(items, 1)], items=items, ordered=ordered)
    rows, _ = (rows_of_cells.people if tuning else rows_of_cells.goods)(writer, 5)
    head = "".join(f"<th>{safe(cell)}</th>" for cell in rows[0])
    cells = "".join("<tr>" + "".join(f"<td>{safe(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>" if tuning else f"<table><tr>{head}</tr>{cells}</table>")
    truth.add("table", rows=rows, header_rows=1, spans=[])
    clutter = ("<script>var total = 'not a word of this';</script><style>.m { color: navy }</style><!-- nor this -->"
               if tuning else "<noscript></noscript><template></template><script type=\"application/json\">{\"never\": true}</script>")
    parts.insert(writer.random.randint(1, 3), clutter)
    return "\n".join(parts)


def write_html(writer, path):
    truth = Truth()
    inner = body(writer, truth)
    coding = ("utf-8", "iso-8859-15")[writer.index % 4 == 2]
    path.write_bytes(f'<!DOCTYPE html>\n<html lang="{writer.language}"><head><meta charset="{coding}"></head>\n<body>\n{inner}\n</body></html>\n'
                     .encode(coding, "xmlcharrefreplace"))
    return truth


def write_eml(writer, path):
    """Text, text beside HTML, or HTML alone; and with every third a text attached."""
    truth, mail = Truth(), EmailMessage(policy=SMTP)
    subject = f"{writer.title()} {writer.code()}"
    mail["From"] = f"{writer.person()} <from@example.org>"
    mail["To"] = f"{writer.person()} <to@example.org>"
    mail["Subject"], mail["Date"], mail["Message-ID"] = subject, "Thu, 01 Jan 2026 00:00:00 +0000", "<1@example.org>"
    truth.add("heading", [subject])
    kind = writer.index % 3
    coding = "utf-8" if writer.family == "tuning" else "iso-8859-15"
    if kind == 2:
        page = f"<html><body>{body(writer, truth)}</body></html>"
        mail.set_content(page.encode(coding, "xmlcharrefreplace"), "text", "html", cte="base64", params={"charset": coding})
        del mail["Content-Disposition"]
    else:
        texts = [writer.paragraph() for _ in range(3)]
        for text in texts:
            truth.add("paragraph", [text])
        mail.set_content("\n\n".join(texts) + "\n", charset=coding, cte="quoted-printable")
        if kind == 1:
            mail.add_alternative("".join(f"<p>{html.escape(text)}</p>" for text in texts), subtype="html")
    if writer.index % 3 == 0:
        note = writer.paragraph()
        truth.turn()
        truth.add("paragraph", [note])
        mail.add_attachment(note + "\n", subtype="plain", filename="note.txt")
    for at, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=-boundary-{at}")
    path.write_bytes(mail.as_bytes())
    return truth
