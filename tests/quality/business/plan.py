"""Which business documents there are, and the making of each."""

import dataclasses
import json
import pathlib

from generator.words import LANGUAGES

from . import layouts_report, layouts_tuning
from .asked import question
from .facts import Facts
from .fields import KINDS
from .paper import Paper

LAYOUTS = {"tuning": layouts_tuning, "report": layouts_report}


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
    """All of a family, in a fixed order."""
    for language in LANGUAGES:
        for kind in KINDS:
            for index in range(3):
                yield Document(family, "text", kind, language, index)


def make(document, place):
    """Writes the document and its truth below a directory; what the list of documents says of it."""
    place = pathlib.Path(place) / document.row
    place.mkdir(parents=True, exist_ok=True)
    stem = place / document.name
    path = stem.with_suffix(".pdf")
    facts = Facts(document.family, document.row, document.kind, document.language, document.index)
    blocks = getattr(LAYOUTS[document.family], document.kind)(facts)
    paper = Paper(facts, path, strip=document.kind == "receipt")
    paper.draw(blocks)
    places = paper.save()
    truth = {"kind": document.kind, "language": document.language, "pages": paper.page(), "asks": questions(document, facts), "places": places}
    truth_path = stem.with_suffix(".truth.json")
    truth_path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n")
    return dataclasses.asdict(document) | {"name": document.name, "file": str(path.relative_to(place.parent)), "truth": str(truth_path.relative_to(place.parent))}


def questions(document, facts):
    """`plain` is asked in the words of the page's language, `renamed` in others: in English, those that no page has."""
    return {"plain": question(facts, facts.turn, facts.language), "renamed": question(facts, 0, "other" if document.language == "en" else "en")}
