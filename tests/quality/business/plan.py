"""Which business documents there are, and the making of each."""

import dataclasses
import json
import pathlib

from generator.scan import Scanner, render
from generator.words import LANGUAGES

from . import phrases
from .asked import question
from .bundles import LAYOUTS, bundle
from .facts import Facts
from .fields import ITEMS, KINDS, columns
from .files import Letterpaper, Mail
from .labels import NAMED, name
from .paper import Paper


@dataclasses.dataclass(frozen=True)
class Document:
    """One document: its row, kind, language and index seed it."""

    family: str
    row: str
    kind: str
    language: str
    index: int

    @property
    def name(self):
        return f"{self.row}-{self.kind}-{self.language}-{self.index:02}"


def documents(family):
    """All of a family, in a fixed order. Bundles take any kind; a sample is two documents of a kind that a schema is made of."""
    for at, language in enumerate(LANGUAGES):
        for position, kind in enumerate(KINDS):
            for index in range(3):
                yield Document(family, "text", kind, language, index)
            yield Document(family, "scan", kind, language, (at + position) % 3 + 3)
            yield Document(family, "docx", kind, language, (at + position) % 3 + 6)
            yield Document(family, "eml", kind, language, (at + position) % 3 + 9)
            if kind != "contract":  # has no fields to speak of but in sentences
                yield Document(family, "sample", kind, language, (at + position) % 3 + 12)
        for index in range(8):
            yield Document(family, "bundle", "bundle", language, index)


def make(document, place):
    """Writes the document and its truth below a directory; what the list of documents says of it."""
    place = pathlib.Path(place) / document.row
    place.mkdir(parents=True, exist_ok=True)
    stem = place / document.name
    if document.row == "bundle":
        path = stem.with_suffix(".pdf")
        truth = bundle(document, path)
    elif document.row == "sample":
        path, truth = sample(document, stem)
    else:
        path, truth = single(document, stem)
    truth_path = stem.with_suffix(".truth.json")
    truth_path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n")
    return dataclasses.asdict(document) | {"name": document.name, "file": str(path.relative_to(place.parent)), "truth": str(truth_path.relative_to(place.parent))}


def single(document, stem):
    facts = Facts(document.family, document.row, document.kind, document.language, document.index)
    blocks = getattr(LAYOUTS[document.family], document.kind)(facts)
    pages = 1
    if document.row == "docx":
        path, paper = stem.with_suffix(".docx"), Letterpaper()
        paper.draw(blocks)
        places = paper.save(path)
    elif document.row == "eml":
        path, paper = stem.with_suffix(".eml"), Mail(facts, as_html=facts.turn != 1)
        paper.draw(blocks)
        subject = facts.says("subject") if document.kind == "letter" else phrases.title(facts)
        places = paper.save(path, subject)
    else:
        path, places, pages = printed(document, facts, blocks, stem, document.row == "scan")
    truth = {"kind": document.kind, "language": document.language, "pages": pages, "asks": questions(document, facts), "places": places}
    return path, truth


def printed(document, facts, blocks, stem, scanned):
    """A PDF, or what a scanner makes of its only page."""
    path = stem.with_suffix(".page.pdf") if scanned else stem.with_suffix(".pdf")
    paper = Paper(facts, path, embedded=scanned, strip=document.kind == "receipt")
    paper.draw(blocks)
    places = paper.save()
    if not scanned:
        return path, places, paper.page()
    if paper.page() > 1:
        raise ValueError(f"{document.name} is more than a page")
    scanner = Scanner(facts.writer, document.row)
    page = render(path, scanner.dpi, scanner.colour)
    path.unlink()
    return scanner.save(scanner.scan(page, 0), stem), places, 1


def sample(document, stem):
    """Two documents of one layout, and the fields on them that have a label: each with the names that it may go by."""
    files, keys = [], {}
    for number in range(2):
        facts = Facts(document.family, f"{document.row}/{number}", document.kind, document.language, document.index)
        path = stem.with_name(f"{stem.name}-{number}.pdf")
        Paper(facts, path, strip=document.kind == "receipt").draw_all(getattr(LAYOUTS[document.family], document.kind)(facts))
        files.append(str(path.relative_to(stem.parent.parent)))
        shown = [key for key in facts.shown if key in NAMED]
        if document.kind in ITEMS:
            shown += [key for key in columns(document.kind) if key in facts.extra.get("columns", ())]
        keys |= {key: facts.label(key) for key in shown}
    fields = [{"key": key, "names": [label, name(document.language, key), name("en", key)]} for key, label in keys.items()]
    return path, {"kind": document.kind, "files": files, "fields": fields, "pages": 1}


def questions(document, facts):
    """`plain` is asked in the words of the page's language, `renamed` in others: in English, those that no page has."""
    return {"plain": question(facts, facts.turn, facts.language), "renamed": question(facts, 0, "other" if document.language == "en" else "en")}
