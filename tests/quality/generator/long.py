"""python3 -m generator.long DIRECTORY: a text PDF of 1,000 pages and a scan of 200, for what a document may take of memory."""

import pathlib
import sys

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from . import fonts, layouts_tuning
from .page import Flow, Sheet
from .scan import Scanner, render
from .words import LANGUAGES
from .writer import Writer

TEXT_PAGES = 1000
SCAN_PAGES = 200
DRAWN = 8  # pages that are rendered; the scan has each of them many times, as an image of its own


def text(path):
    writer = Writer("tuning", "long", "en", 0)
    sheet = Sheet(path, face=fonts.pair("SourceSans"))
    for number in range(1, TEXT_PAGES + 1):
        flow = Flow(sheet, 62, A4[0] - 124, A4[1] - 50)
        flow.heading(writer.title(), 15)
        while flow.y > 200:
            flow.paragraph(writer.paragraph(3, 4))
        flow.lines([str(number)], align="centre")
        if number < TEXT_PAGES:
            sheet.turn()
    sheet.save()


def scan(path):
    drawn = []
    for index in range(DRAWN):
        writer = Writer("tuning", "long", LANGUAGES[index % 4], index)
        page = path.with_name(f"page-{index}.pdf")
        layouts_tuning.letter(writer, page, embedded=True)
        scanner = Scanner(writer, "long")
        scanner.dpi, scanner.colour = 150, False
        drawn.append(scanner.scan(render(page, scanner.dpi, colour=False), 0))
        page.unlink()
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number in range(SCAN_PAGES):
        copy = drawn[number % DRAWN].copy()
        copy.putpixel((number, 0), 0)  # else all the copies would be one image
        jpeg = path.with_name("page.jpg")
        copy.save(jpeg, quality=60)
        canvas.drawImage(ImageReader(str(jpeg)), 0, 0, *A4)
        canvas.showPage()
    jpeg.unlink()
    canvas.save()


if __name__ == "__main__":
    fonts.register()
    place = pathlib.Path(sys.argv[1])
    place.mkdir(parents=True, exist_ok=True)
    text(place / "text-1000.pdf")
    scan(place / "scan-200.pdf")
