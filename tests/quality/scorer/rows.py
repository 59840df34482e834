"""The rows of the report: which documents, which figure, which bound."""

import dataclasses
import functools
import typing

from . import metrics
from .engine import poppler
from .reading import plain, readings, without_numbers, words


@dataclasses.dataclass(frozen=True)
class Case:
    """A document and what was read of it; `upright` is the answer for the same page not turned."""

    truth: dict
    path: object
    answer: object
    upright: object = None

    @functools.cached_property
    def readings(self):
        return readings(self.truth)

    @property
    def words(self):
        return words(next(iter(self.readings)))


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    title: str
    source: str  # the documents' own row
    figure: typing.Callable
    language: str | None = None
    turn: str | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def bound(self):
        return f"≥ {self.at_least}" if self.at_least is not None else f"≤ {self.at_most}" if self.at_most is not None else "none"

    def holds(self, value):
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def wants(self, entry):
        return entry["row"] == self.source and self.language in (None, entry["language"]) and (not self.turn or self.turn in entry["turned"])


def recall_of_poppler(case):
    return metrics.found_words(words(poppler(case.path)), words(case.answer.text))


def precision_of_poppler(case):
    return metrics.found_words(words(case.answer.text), words(poppler(case.path)))


def recall(case):
    return metrics.found_words(case.words, words(case.answer.text))


def precision(case):
    return metrics.found_words(words(case.answer.text), case.words)


def unnumbered(case):
    """Words of the truth and words read, without the numbers of items."""
    return words(without_numbers("\n".join(page["text"] for page in case.truth["pages"]))), words(without_numbers(case.answer.text))


def office_recall(case):
    return metrics.found_words(*unnumbered(case))


def office_precision(case):
    return metrics.found_words(*unnumbered(case)[::-1])


def order(case):
    return metrics.word_errors(case.readings, case.answer.text)


def characters(case):
    return metrics.character_errors(case.readings, case.answer.text)


def special(case):
    return metrics.special_letters(case.readings, case.answer.text)


def turned(case):
    errors, among = metrics.character_errors(case.readings, case.answer.text)
    return errors - metrics.character_errors(case.readings, case.upright.text)[0], among


def cells(case):
    return metrics.table_cells([table["rows"] for table in case.truth["tables"]], case.answer.tables)


def vendor(case):
    return int(plain(case.truth["vendor"]) in plain(case.answer.text)), 1


def items(case):
    return metrics.found_words([plain(item) for item in case.truth["list_items"]], case.answer.items())


ROWS = [
    Row("text-recall", "text PDF, words of poppler found", "text", recall_of_poppler, at_least=0.99),
    Row("text-precision", "text PDF, words that poppler has too", "text", precision_of_poppler, at_least=0.99),
    Row("text-truth-recall", "text PDF, words of the truth found", "text", recall),
    Row("text-truth-precision", "text PDF, words that are in the truth", "text", precision),
    Row("columns", "two-column pages, word-sequence edit distance", "columns", order, at_most=0.05),
    *(Row(f"scan-{language}", f"scans, {language}, CER", "scan", characters, language=language, at_most=0.03 if language == "en" else 0.04)
      for language in ("en", "fr", "de", "es")),
    *(Row(f"letters-{language}", f"scans, {language}, accented letters and € found", "scan", special, language=language, at_least=0.97)
      for language in ("fr", "de", "es")),
    *(Row(f"turned-{turn}", f"scans, {name}, CER less that of the upright page", "scan", turned, turn=turn, at_most=0.01)
      for turn, name in (("90", "turned by 90°"), ("180", "turned by 180°"), ("270", "turned by 270°"), ("skew", "skewed by 1 to 5°"))),
    Row("receipt", "receipts of 1:5, CER", "receipt", characters, at_most=0.03),
    Row("small", "7 pt at 200 dpi, CER", "small", characters, at_most=0.05),
    Row("ruled", "ruled tables, cell F1", "ruled", cells, at_least=0.95),
    Row("unruled", "unruled tables, cell F1", "unruled", cells, at_least=0.85),
    Row("docx-vendor", "DOCX, vendor in the header found", "docx", vendor, at_least=0.95),
    Row("docx-lists", "DOCX, items of lists found as items", "docx", items, at_least=0.95),
    *(Row(f"{kind}-{name}", f"{kind.upper()}, words {title}", kind, figure)
      for kind in ("docx", "xlsx", "pptx", "html", "eml")
      for name, title, figure in (("recall", "of the truth found", office_recall), ("precision", "that are in the truth", office_precision))
      if (kind, name) != ("eml", "precision")),
]
