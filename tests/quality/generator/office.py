"""DOCX, XLSX and PPTX with what is easily missed in them: headers, text boxes, lists that only a style makes."""

import datetime
import zipfile

import docx
import pptx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from . import rows_of_cells
from .page import Truth

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
MADE = (2026, 1, 1, 0, 0, 0)


def settle(path):
    """The same bytes on every run: an archive without the time of its making."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, MADE), data, zipfile.ZIP_DEFLATED)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def content(lines):
    return "".join(f"<w:p><w:r><w:t xml:space=\"preserve\">{escaped(line)}</w:t></w:r></w:p>" for line in lines)


def vml(lines):
    return (f'<w:pict {SPACES}><v:shape id="box" style="width:220pt;height:60pt"><v:textbox><w:txbxContent>{content(lines)}'
            "</w:txbxContent></v:textbox></v:shape></w:pict>")


def drawing(lines):
    """As word processors write it today: the box, and for older ones the same again as VML."""
    shape = ('<w:drawing><wp:inline><wp:extent cx="2800000" cy="760000"/><wp:docPr id="7" name="Box"/><a:graphic><a:graphicData '
             'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/>'
             f"<wps:txbx><w:txbxContent>{content(lines)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
             "</wp:inline></w:drawing>")
    return (f'<mc:AlternateContent {SPACES}><mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{vml(lines)}</mc:Fallback>'
            "</mc:AlternateContent>")


def box(paragraph, lines, markup):
    paragraph.add_run()._r.append(parse_xml(markup(lines)))


def head_tuning(writer, document, vendor):
    """The vendor in a plain header, a table of the header, the header of the first page, or a text box of the header."""
    section = document.sections[0]
    header, kind = section.header, writer.index % 4
    if kind == 2:
        section.different_first_page_header_footer = True
        header = section.first_page_header
    if kind == 1:
        table = header.add_table(1, 2, Inches(6))
        table.cell(0, 0).text, table.cell(0, 1).text = vendor, writer.phone()
        return [f"{vendor} {table.cell(0, 1).text}"]
    if kind == 3:
        box(header.paragraphs[0], [vendor], vml)
    else:
        header.paragraphs[0].text = vendor
    return [vendor]


def head_report(writer, document, vendor):
    """After a tab, in a box of today's kind, in a content control, or in a table's second cell under an address."""
    header, kind = document.sections[0].header, writer.index % 4
    paragraph = header.paragraphs[0]
    if kind == 0:
        date = writer.date()
        paragraph.text = f"{date}\t{vendor}"
        return [f"{date} {vendor}"]
    if kind == 1:
        box(paragraph, [vendor, writer.street()], drawing)
        return [run.text for run in paragraph._p.iter(qn("w:t"))][:2]
    if kind == 2:
        paragraph._p.addnext(parse_xml(f"<w:sdt {SPACES}><w:sdtContent>{content([vendor])}</w:sdtContent></w:sdt>"))
        return [vendor]
    table = header.add_table(2, 2, Inches(6))
    texts = [writer.street(), vendor, writer.town(), writer.phone()]
    for at, text in enumerate(texts):
        table.cell(at // 2, at % 2).text = text
    return [" ".join(texts[:2]), " ".join(texts[2:])]


def numbering(document, ordered):
    """A numbering of two levels of its own; the id that a paragraph names."""
    root = document.part.numbering_part.element
    fresh = 1 + max([int(item.get(qn("w:abstractNumId"))) for item in root.iter(qn("w:abstractNum"))], default=0)
    kind, texts = ("decimal", ("%1.", "%2.")) if ordered else ("bullet", ("\u2022", "\u2013"))
    levels = "".join(f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
                     for at, text in enumerate(texts))
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{fresh}">{levels}</w:abstractNum>'))
    number = 1 + max(int(item.get(qn("w:numId"))) for item in root.iter(qn("w:num")))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{fresh}"/></w:num>'))
    return number


def number_element(number, level=0):
    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def own_style(document, name, number=None, based=None):
    """A paragraph style that makes its paragraphs items of a list, by itself or by what it is based on."""
    style = document.styles.add_style(name, docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[based or "Normal"]
    if number:
        style.element.get_or_add_pPr().append(number_element(number))
    return style


def list_tuning(writer, document, items):
    kind, ordered = writer.index % 4, writer.index % 4 == 1
    if kind == 2:
        number = numbering(document, ordered=False)
        for item in items:
            document.add_paragraph(item)._p.get_or_add_pPr().append(number_element(number))
        return ordered
    for at, item in enumerate(items):
        nested = kind == 3 and at in (1, 2)
        document.add_paragraph(item, style=f"List {'Number' if ordered else 'Bullet'}{' 2' if nested else ''}")
    return ordered


def list_report(writer, document, items):
    kind, ordered = writer.index % 4, writer.index % 4 in (0, 3)
    if kind == 0:
        number = numbering(document, ordered=True)
        for at, item in enumerate(items):
            document.add_paragraph(item)._p.get_or_add_pPr().append(number_element(number, int(at == len(items) - 1)))
        return ordered
    if kind == 1:
        style = own_style(document, "House Points", numbering(document, ordered=False))
    elif kind == 2:
        style = own_style(document, "House Bullets", based="List Bullet")
    else:
        style = own_style(document, "House Steps", numbering(document, ordered=True))
    for item in items:
        document.add_paragraph(item, style=style)
    return ordered


def write_docx(writer, path):
    document, truth = docx.Document(), Truth()
    tuning, vendor = writer.family == "tuning", writer.company()
    truth.add("header", (head_tuning if tuning else head_report)(writer, document, vendor))
    title = writer.title()
    document.add_heading(title, 1)
    truth.add("heading", [title])
    for _ in range(2):
        text = writer.paragraph()
        document.add_paragraph(text)
        truth.add("paragraph", [text])
    items = [writer.sentence() for _ in range(5)] if not tuning else writer.things(5)
    ordered = (list_tuning if tuning else list_report)(writer, document, items)
    truth.add("list", items, items=items, ordered=ordered)
    if writer.index % 3 == 0:
        note = [writer.title(), writer.sentence()]
        box(document.add_paragraph(), note, vml if tuning else drawing)
        truth.add("paragraph", note)
    rows, _ = (rows_of_cells.goods if tuning else rows_of_cells.people)(writer, 4)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid" if tuning else None)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    truth.add("table", rows=rows, header_rows=1, spans=[])
    last = writer.sentence()
    document.add_paragraph(last)
    truth.add("paragraph", [last])
    section, foot = document.sections[0], f"{vendor if not tuning else writer.iban()}"
    (section.first_page_footer if section.different_first_page_header_footer else section.footer).paragraphs[0].text = foot
    truth.add("footer", [foot])
    document.save(path)
    settle(path)
    truth.facts.update(vendor=vendor, vendor_in_header=True, list_items=items)
    return truth


def write_xlsx(writer, path):
    """Sheets with a title, a table, a sum by a formula whose value is stored. Numbers are whole: how others look is the reader's."""
    truth, label = Truth(), writer.label
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime.datetime(*MADE)})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, (name, title) in enumerate(zip(writer.goods(2), writer.titles(2))):
        sheet = book.add_worksheet(name[:25])
        if at:
            truth.turn()
        top, left = (0, 0) if writer.family == "tuning" else (2, 1)
        sheet.write(top, left, title)
        truth.add("heading", [title])
        rows, _ = rows_of_cells.goods(writer, writer.random.randint(4, 9))
        for down, row in enumerate(rows, top + 2):
            for right, cell in enumerate(row, left):
                sheet.write(down, right, int(cell) if cell.isdigit() else cell)
        total = sum(int(row[-1]) for row in rows[1:])
        last = top + 2 + len(rows)
        sheet.write(last, left, label["total"])
        sheet.write_formula(last, left + 4, f"=SUM(E1:E{last})", None, total)
        date = datetime.date(writer.random.randint(2019, 2026), writer.random.randint(1, 12), writer.random.randint(1, 28))
        sheet.write_datetime(last, left + 1, datetime.datetime.combine(date, datetime.time()), day)
        truth.add("table", rows=[*rows, [label["total"], date.isoformat(), "", "", str(total)]], header_rows=1, spans=[])
    book.close()
    settle(path)
    return truth


def write_pptx(writer, path):
    """A title, a list, a table; a text box; a box within a group in the report family."""
    truth, show = Truth(), pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[0])
    title, author = writer.title(), f"{writer.person()}, {writer.date()}"
    slide.shapes.title.text, slide.placeholders[1].text = title, author
    truth.add("heading", [title])
    truth.add("paragraph", [author])
    slide = show.slides.add_slide(show.slide_layouts[1])
    truth.turn()
    title, items = writer.title(), writer.things(4)
    slide.shapes.title.text, slide.placeholders[1].text = title, "\n".join(items)
    truth.add("heading", [title])
    truth.add("list", items, items=items, ordered=False)
    slide = show.slides.add_slide(show.slide_layouts[5])
    truth.turn()
    title = writer.title()
    slide.shapes.title.text = title
    truth.add("heading", [title])
    rows, _ = (rows_of_cells.goods if writer.family == "tuning" else rows_of_cells.people)(writer, 3)
    table = slide.shapes.add_table(len(rows), len(rows[0]), Inches(1), Inches(2), Inches(8), Inches(2)).table
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    truth.add("table", rows=rows, header_rows=1, spans=[])
    shapes = slide.shapes if writer.family == "tuning" else slide.shapes.add_group_shape().shapes
    note = writer.sentence()
    shapes.add_textbox(Inches(1), Inches(5), Inches(8), Inches(1)).text_frame.text = note
    truth.add("paragraph", [note])
    show.save(path)
    settle(path)
    return truth
