"""What answers to business documents are worth, one document at a time: pairs (of, among), or (confidence, right)."""

from . import metrics
from .normal import compact, equal
from .sources import at, truth_of

SURE = 0.8  # the confidence that a user may rely on
BINS = 10
NEAR = 0.1  # of a page


def value_of(answer):
    """What was extracted, with the record beside it or without."""
    response = (answer or {}).get("response", answer or {})
    choices = response.get("choices") or [{"message": {"parsed": None}}]
    return choices[0]["message"]["parsed"] or {}


class Extraction:
    """One answer beside its truth. No answer is one with nothing in it."""

    def __init__(self, entry, ask, truth, answer):
        self.entry, self.ask, self.truth = entry, ask, truth
        whole = answer or {}
        response = whole.get("response", whole)
        self.value = value_of(answer)
        record = whole.get("extraction")
        self.likelihoods = (record or response).get("likelihoods") or {}
        self.sources = (record or response).get("sources")

    def fields(self):
        """Wanted and given, of every header field."""
        return [(field, at(self.value, pointer), pointer) for pointer, field in self.ask["fields"].items()]

    def header(self):
        there = [(field, given) for field, given, _ in self.fields() if field["value"] is not None]
        return sum(equal(field["kind"], field["value"], given) for field, given in there), len(there)

    def absent(self):
        """Fields that the page does not have and the answer has."""
        lacking = [given for field, given, _ in self.fields() if field["value"] is None]
        return sum(given is not None for given in lacking), len(lacking)

    def confidences(self):
        """Of every header field that has an answer: how sure it is, and whether it is right."""
        given = [(field, value, at(self.likelihoods, pointer)) for field, value, pointer in self.fields() if value is not None]
        return [(sure or 0.0, field["value"] is not None and equal(field["kind"], field["value"], value)) for field, value, sure in given]

    def sure(self):
        right = [right for confidence, right in self.confidences() if confidence >= SURE]
        return sum(right), len(right)

    def cells(self):
        """Cells of the items that are right, in rows aligned so that most are; those of a row too many count as wrong."""
        items = self.ask["items"]
        rows = self.value.get(items["array"])
        rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        scores = [[sum(equal(items["kinds"][key], cell, row.get(key)) for key, cell in wanted.items()) for row in rows] for wanted in items["rows"]]
        right, pairs = metrics.alignment(scores) if rows else (0, [])
        matched = {row for _, row in pairs} if len(rows) > len(items["rows"]) else set(range(len(rows)))
        spare = sum(cell is not None for at, row in enumerate(rows) if at not in matched for cell in row.values())
        return right, sum(map(len, items["rows"])) + spare

    def sourced(self):
        """Leaves whose source or derivation is true."""
        faults = list(self.faults())
        return sum(fault is None for _, fault in faults), len(faults)

    def faults(self):
        places = self.truth["places"]
        return truth_of(self.value, self.sources, places, self.entry["row"] == "scan")

    def mistakes(self):
        """Every header field that is not as in the truth, to look at."""
        for field, given, pointer in self.fields():
            if field["value"] is None and given is not None or field["value"] is not None and not equal(field["kind"], field["value"], given):
                yield f"{pointer}: {given!r} is not {field['value']!r} ({at(self.likelihoods, pointer)})"


def calibration_error(documents):
    """The mean distance of confidence and share of right answers, over ten bins of confidence."""
    pairs = [pair for document in documents for pair in document]
    bins = [[] for _ in range(BINS)]
    for confidence, right in pairs:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    apart = sum(abs(sum(confidence for confidence, _ in one) - sum(right for _, right in one)) for one in bins)
    return apart / len(pairs) if pairs else 0.0


def category(answer):
    if not answer:
        return None
    result = answer.get("classification") or answer.get("result") or {}
    return result.get("category") or result.get("classification")


def page_labels(truth, answer):
    """Pages whose kind is right."""
    named = {page: section["name"] for section in (answer or {}).get("splits", []) for page in section["pages"]}
    return sum(named.get(page) == label for page, label in enumerate(truth["labels"], 1)), len(truth["labels"])


def boundaries(truth, answer):
    """F1 of the pages where another document begins, as (2 x both, one + other). The first page is none."""
    named, starts = {}, set()
    for at_section, section in enumerate((answer or {}).get("splits", [])):
        for page in section["pages"]:
            named[page] = at_section
        for part in section.get("partitions", []):
            starts.add(part["pages"][0] if part["pages"] else 1)
    pages = range(2, len(truth["labels"]) + 1)
    found = {page for page in pages if named.get(page) != named.get(page - 1) or page in starts}
    wanted = {page for page in truth["starts"] if page > 1}
    return 2 * len(found & wanted), len(found) + len(wanted)


def partitions(truth, answer):
    """Partitions with the right key and pages, as F1."""
    wanted = {(compact(part["key"]), tuple(part["pages"])) for section in truth["sections"] for part in section["partitions"]}
    given = [(compact(part["key"]), tuple(part["pages"])) for section in (answer or {}).get("splits", []) for part in section.get("partitions", [])]
    return 2 * len(wanted & set(given)), len(wanted) + len(given)


def heights(truth, answer):
    """Of partitions that begin within a page: how many are found to begin within a tenth of its height from there."""
    within = [part for section in truth["sections"] for part in section["partitions"] if part["first_page_y_start"] > 0]
    given = {compact(part["key"]): part.get("first_page_y_start", 0.0) for section in (answer or {}).get("splits", []) for part in section.get("partitions", [])}
    return sum(abs(given.get(compact(part["key"]), 0.0) - part["first_page_y_start"]) <= NEAR for part in within), len(within)
