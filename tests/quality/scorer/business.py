"""python3 -m scorer.business [--family FAMILY] [--write] [--worst N] [ROW...]: measures what is understood of business documents."""

import argparse
import dataclasses
import functools
import json
import pathlib
import sys
import typing

from . import judging, metrics, page, real, schemas
from .asking import Answers, classification, extraction, extraction_of, schema, split
from .made import documents, generator

TIMED = 8  # documents whose processor time is taken


@dataclasses.dataclass(frozen=True)
class Row:
    """A figure of some documents: `cases` names what is asked, `figure` gives a pair for one answer."""

    name: str
    title: str
    cases: str
    rows: tuple  # the documents' own rows
    figure: typing.Callable
    others: bool | None = None  # whether in other languages than English alone
    at_least: float | None = None
    at_most: float | None = None
    reduce: typing.Callable = metrics.ratio

    @property
    def bound(self):
        return f"≥ {self.at_least}" if self.at_least is not None else f"≤ {self.at_most}" if self.at_most is not None else "none"

    def holds(self, value):
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def wants(self, entry, truth):
        if entry["row"] not in self.rows or self.others not in (None, entry["language"] != "en"):
            return False
        return "cells" not in self.name or "items" in truth["asks"][self.cases]


def header(case):
    return case.header()


PAPERS = ("text", "scan", "docx", "eml")
ROWS = [
    Row("header-text", "header fields, text PDF", "plain", ("text",), header, at_least=0.90),
    Row("header-scan", "header fields, scan", "plain", ("scan",), header, at_least=0.82),
    Row("header-docx", "header fields, DOCX", "plain", ("docx",), header),
    Row("header-eml", "header fields, mail", "plain", ("eml",), header),
    Row("cells-text", "line items, cells, text PDF", "plain", ("text",), judging.Extraction.cells, at_least=0.80),
    Row("cells-scan", "line items, cells, scan", "plain", ("scan",), judging.Extraction.cells),
    Row("renamed-en", "fields named in other words, en", "renamed", ("text",), header, others=False, at_least=0.65),
    Row("renamed-others", "fr, de, es pages with English names", "renamed", ("text",), header, others=True, at_least=0.50),
    Row("header-real", "header fields, real set", "plain", ("real",), header, at_least=0.80),
    Row("header-real-pages", "the same, without the invoice in XML that some have attached", "plain", ("real-pages",), header),
    Row("absent-real", "absent fields filled all the same, real set", "plain", ("real",), judging.Extraction.absent),
    Row("sources", "leaves with a true source or derivation", "plain", PAPERS, judging.Extraction.sourced, at_least=1.0),
    Row("absent", "absent fields filled all the same", "plain", PAPERS, judging.Extraction.absent, at_most=0.05),
    Row("absent-renamed", "the same, fields in other words", "renamed", ("text",), judging.Extraction.absent),
    Row("sure", "right, of values with confidence of 0.8 or more", "plain", PAPERS, judging.Extraction.sure, at_least=0.95),
    Row("calibration", "calibration error", "plain", PAPERS, judging.Extraction.confidences, at_most=0.10, reduce=judging.calibration_error),
    Row("classify", "classification of 11 classes", "classify", PAPERS, lambda case: case, at_least=0.93),
    Row("classify-real", "the same, real set", "classify", ("real",), lambda case: case, at_least=0.82),
    Row("split-pages", "split, kind of page", "split", ("bundle",), lambda case: judging.page_labels(*case), at_least=0.92),
    Row("split-starts", "split, boundary F1", "split", ("bundle",), lambda case: judging.boundaries(*case), at_least=0.90),
    Row("split-parts", "split, partitions by key, F1", "split", ("bundle",), lambda case: judging.partitions(*case)),
    Row("split-heights", "split, partitions that begin within a page, found there", "split", ("bundle",), lambda case: judging.heights(*case)),
    Row("schema-recall", "generated schema, fields of the truth found", "generate", ("sample",), schemas.Generated.found, at_least=0.7),
    Row("schema-precision", "generated schema, its fields that are in the truth", "generate", ("sample",), schemas.Generated.real, at_least=0.7),
    Row("seconds", "processor seconds of a page of text, from the start of the program", "seconds", ("text",), lambda case: (case, 1), at_most=1.0),
]


def arguments():
    parser = argparse.ArgumentParser(prog="business")
    parser.add_argument("--family", choices=("tuning", "practice", "drill", "exercise", "report"), default="report")
    parser.add_argument("--worker", required=True, help="the program quire-worker")
    parser.add_argument("--place", type=pathlib.Path, required=True, help="where documents and results go")
    parser.add_argument("--limit", type=int, help="of every row, documents at most")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="name the N worst documents of every row, and what is wrong in them")
    parser.add_argument("--response-only", action="store_true", help="do without sources")
    parser.add_argument("--write", action="store_true", help="write the table into docs/quality.md")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="a row's name, or how it begins")
    given = parser.parse_args()
    given.place = given.place.resolve()
    if given.write and (given.rows or given.family != "report" or given.limit):
        parser.error("what is written is all rows of the report family")
    return given


def cases(kind, chosen, truths, folder, answers):
    """What a row's figure is given, by the name of the document."""
    if kind in ("plain", "renamed"):
        given = answers.all("extract", [(f"{entry['name']}.{kind}", functools.partial(extraction, entry, truths[entry["name"]], kind, folder)) for entry in chosen])
        return {entry["name"]: judging.Extraction(entry, truths[entry["name"]]["asks"][kind], truths[entry["name"]], given[f"{entry['name']}.{kind}"])
                for entry in chosen}
    if kind == "seconds":
        pages = [entry for entry in chosen if truths[entry["name"]]["pages"] == 1][::max(1, len(chosen) // TIMED)][:TIMED]
        requests = [(entry["name"], functools.partial(extraction, entry, truths[entry["name"]], "plain", folder)) for entry in pages]
        return dict(zip((entry["name"] for entry in pages), answers.processor_seconds(requests)))
    make = {"classify": classification, "split": split, "generate": schema}[kind]
    given = answers.all(kind, [(f"{entry['name']}.{kind}", functools.partial(make, entry, truths[entry["name"]], folder)) for entry in chosen])
    named = {entry["name"]: given[f"{entry['name']}.{kind}"] for entry in chosen}
    if kind == "classify":
        return {entry["name"]: (int(judging.category(named[entry["name"]]) == entry["kind"]), 1) for entry in chosen}
    if kind == "generate":
        return generated(chosen, truths, folder, answers, named)
    return {name: (truths[name], answer) for name, answer in named.items()}


def generated(chosen, truths, folder, answers, named):
    """The schemas, and what the papers that they were made of answer to them."""
    made = {name: schemas.schema_of(answer) for name, answer in named.items()}
    requests = [(f"{entry['name']}.generate.{number}", functools.partial(extraction_of, folder / file, made[entry["name"]]))
                for entry in chosen if made[entry["name"]] for number, file in enumerate(truths[entry["name"]]["files"])]
    given = answers.all("extract", requests)
    return {entry["name"]: schemas.Generated(truths[entry["name"]], schemas.papers(entry), made[entry["name"]],
                                             [judging.value_of(given.get(f"{entry['name']}.generate.{number}")) for number in range(2)])
            for entry in chosen}


def result(row, figures, failed):
    value, (low, high) = row.reduce(figures), metrics.interval(figures, row.reduce)
    verdict = "-" if row.bound == "none" else "holds" if row.holds(value) else "failed"
    return {"row": row.name, "title": row.title, "n": len(figures), "value": value, "low": low, "high": high, "bound": row.bound,
            "verdict": verdict, "without_answer": failed}


def tell_worst(row, named, figures, count):
    """The worst documents of a row, with what is wrong in them where that can be told."""
    print(row.name)
    order = sorted(named, key=lambda name: row.reduce([figures[name]]), reverse=row.at_most is not None)
    for name in order[:count]:
        print(f"    {row.reduce([figures[name]]):.4f}  {name}")
        if isinstance(named[name], judging.Extraction | schemas.Generated):
            told = [f"{pointer}: {fault}" for pointer, fault in named[name].faults() if fault] if row.name == "sources" else named[name].mistakes()
            for line in told:
                print(f"        {line}")


def measure(given, rows, folder, entries):
    truths = {entry["name"]: json.loads((folder / entry["truth"]).read_text()) for entry in entries}
    if any({"real", "real-pages"} & set(row.rows) for row in rows):
        more, theirs = real.documents(given.place, given.family)
        entries, truths = entries + more, truths | theirs
    answers = Answers(given.worker, given.place / f"answers-business-{given.family}", () if given.response_only else ("--whole",))
    results, asked = [], {}
    wanted = {row.name: [entry for entry in entries if row.wants(entry, truths[entry["name"]])][:given.limit] for row in rows}
    for kind in dict.fromkeys(row.cases for row in rows):
        names = {entry["name"] for row in rows if row.cases == kind for entry in wanted[row.name]}
        asked[kind] = cases(kind, [entry for entry in entries if entry["name"] in names], truths, folder, answers)
    for row in rows:
        named = {entry["name"]: asked[row.cases][entry["name"]] for entry in wanted[row.name] if entry["name"] in asked[row.cases]}
        if not named or (given.response_only and row.name == "sources"):
            continue
        figures = {name: row.figure(case) for name, case in named.items()}
        results.append(result(row, list(figures.values()), sum(f"{name}.{row.cases}" in answers.failures for name in named)))
        if given.worst:
            tell_worst(row, named, figures, given.worst)
    for name, reason in list(answers.failures.items())[:5]:
        print(f"no answer for {name}: {reason}", file=sys.stderr)
    return results


def main():
    given = arguments()
    made_by = generator("BUSINESS.sha256", "business/**/*.py")
    rows = [row for row in ROWS if not given.rows or any(row.name.startswith(name) for name in given.rows)]
    if not rows:
        raise SystemExit(f"no such row; there are {', '.join(row.name for row in ROWS)}")
    folder = given.place / f"business-{given.family}"
    entries = documents("business", given.family, folder, made_by)
    results = measure(given, rows, folder, entries)
    print(f"generator {made_by}, family {given.family}\n\n{page.table(results)}")
    (given.place / f"results-business-{given.family}.json").write_text(json.dumps({"generator": made_by, "family": given.family, "rows": results}, indent=1) + "\n")
    if given.write:
        page.write(results, made_by, "business results")


if __name__ == "__main__":
    main()
