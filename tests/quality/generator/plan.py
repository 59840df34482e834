"""Which documents there are: 32 or more for every row of the report, eight or more for each language of a row."""

import dataclasses
import json
import pathlib

from . import layouts_report, layouts_tuning, office, web
from .scan import Scanner, render
from .words import LANGUAGES
from .writer import Writer

LAYOUTS = {"tuning": layouts_tuning, "report": layouts_report}
TEXT_KINDS = ("letter", "report", "invoice", "statement", "ruled", "unruled")
SCAN_KINDS = ("letter", "report", "invoice", "statement", "ruled", "columns", "letter", "unruled")
TURNS = ("90", "180", "270", "skew")
FILES = {"docx": office.write_docx, "xlsx": office.write_xlsx, "pptx": office.write_pptx, "html": web.write_html, "eml": web.write_eml}


@dataclasses.dataclass(frozen=True)
class Document:
    """One document: `row` seeds it, `turns` are the further files of the same scanned page."""

    family: str
    row: str
    language: str
    index: int
    kind: str
    turns: tuple = ()

    @property
    def name(self):
        return f"{self.row}-{self.language}-{self.index:02}"


def documents(family):
    """All of a family, in a fixed order."""
    for language in LANGUAGES:
        for index in range(12):
            yield Document(family, "text", language, index, TEXT_KINDS[index % 6])
        for index in range(8):
            yield Document(family, "columns", language, index, "columns")
            yield Document(family, "ruled", language, index, "ruled")
            yield Document(family, "unruled", language, index, "unruled")
            yield Document(family, "receipt", language, index, "receipt")
            yield Document(family, "small", language, index, "small_print")
            for kind in FILES:
                yield Document(family, kind, language, index, kind)
        for index in range(32):
            yield Document(family, "scan", language, index, SCAN_KINDS[index % 8], TURNS if index < 8 else ())


def make(document, place):
    """Writes the document and its truth below a directory; what the list of documents says of it."""
    place = pathlib.Path(place) / document.row
    place.mkdir(parents=True, exist_ok=True)
    writer = Writer(document.family, document.row, document.language, document.index)
    stem = place / document.name
    entry = dataclasses.asdict(document) | {"name": document.name}
    if document.kind in FILES:
        path = stem.with_suffix(f".{document.kind}")
        truth = FILES[document.kind](writer, path)
    else:
        pictured = document.row in ("scan", "receipt", "small")
        path = stem.with_suffix(".page.pdf") if pictured else stem.with_suffix(".pdf")
        truth = getattr(LAYOUTS[document.family], document.kind)(writer, path, pictured)
        if pictured:
            scanner = Scanner(writer, document.row, small=document.row == "small")
            page = render(path, scanner.dpi, scanner.colour)
            path.unlink()
            path = scanner.save(scanner.scan(page, 0), stem)
            entry["turned"] = {turn: str(turned(scanner, page, turn, stem).relative_to(place.parent)) for turn in document.turns}
            entry["dpi"] = scanner.dpi
    truth_path = stem.with_suffix(".truth.json")
    truth_path.write_text(json.dumps(truth.as_json(), ensure_ascii=False, indent=1) + "\n")
    return entry | {"file": str(path.relative_to(place.parent)), "truth": str(truth_path.relative_to(place.parent))}


def turned(scanner, page, turn, stem):
    target = stem.with_name(f"{stem.name}-{turn}")
    return scanner.save(scanner.scan(page, int(turn) if turn.isdigit() else turn), target)
