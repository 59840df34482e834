"""python3 -m scorer [--family FAMILY] [--write] [--worst N] [ROW...]: measures the engine, all rows or some."""

import argparse
import json
import pathlib
import sys

from . import metrics, page
from .engine import parse_all
from .made import documents, generator
from .reading import Answer
from .rows import ROWS, Case


def arguments():
    parser = argparse.ArgumentParser(prog="quality")
    parser.add_argument("--family", choices=("tuning", "report"), default="report")
    parser.add_argument("--worker", required=True, help="the program quire-worker")
    parser.add_argument("--place", type=pathlib.Path, required=True, help="where documents and results go")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="name the N worst documents of every row")
    parser.add_argument("--write", action="store_true", help="write the table into docs/quality.md")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="a row's name, or how it begins")
    given = parser.parse_args()
    given.place = given.place.resolve()
    if given.write and (given.rows or given.family != "report"):
        parser.error("what is written is all rows of the report family")
    return given


def measure(row, entries, folder, answers):
    """Name and pair of every document of a row."""
    pairs = []
    for entry in filter(row.wants, entries):
        upright = folder / entry["file"]
        path = folder / entry["turned"][row.turn] if row.turn else upright
        case = Case(json.loads((folder / entry["truth"]).read_text()), path, answers[path], answers[upright] if row.turn else None)
        pairs.append((path, row.figure(case)))
    return pairs


def result(row, pairs, failures):
    figures = [pair for _, pair in pairs]
    value, (low, high) = metrics.ratio(figures), metrics.interval(figures)
    failed = sum(path in failures for path, _ in pairs)
    verdict = "-" if row.bound == "none" else "holds" if row.holds(value) else "failed"
    return {"row": row.name, "title": row.title, "n": len(pairs), "value": value, "low": low, "high": high, "bound": row.bound,
            "verdict": verdict, "without_answer": failed}


def tell_worst(row, pairs, count):
    up = row.at_least is None and row.at_most is not None
    for path, (of, among) in sorted(pairs, key=lambda pair: metrics.ratio([pair[1]]), reverse=up)[:count]:
        print(f"    {metrics.ratio([(of, among)]):.4f}  {of} of {among}  {path}")


def tell_failures(failures):
    """Every reason once, with how many documents have it and the first of them."""
    reasons = {}
    for path, reason in sorted(failures.items()):
        reasons.setdefault(str(reason), []).append(path)
    for reason, paths in reasons.items():
        print(f"no answer for {len(paths)} documents, {paths[0].name} among them: {reason}", file=sys.stderr)


def main():
    given = arguments()
    made_by = generator("GENERATOR.sha256")
    rows = [row for row in ROWS if not given.rows or any(row.name.startswith(name) for name in given.rows)]
    if not rows:
        raise SystemExit(f"no such row; there are {', '.join(row.name for row in ROWS)}")
    folder = given.place / given.family
    entries = documents("generator", given.family, folder, made_by)
    paths = {folder / entry["file"] for row in rows for entry in entries if row.wants(entry)}
    paths |= {folder / entry["turned"][row.turn] for row in rows if row.turn for entry in entries if row.wants(entry)}
    responses, failures = parse_all(given.worker, sorted(paths), given.place / f"answers-{given.family}")
    answers = {path: Answer(response) for path, response in responses.items()}
    results = []
    for row in rows:
        pairs = measure(row, entries, folder, answers)
        results.append(result(row, pairs, failures))
        if given.worst:
            print(row.name)
            tell_worst(row, pairs, given.worst)
    tell_failures(failures)
    print(f"generator {made_by}, family {given.family}\n\n{page.table(results)}")
    (given.place / f"results-{given.family}.json").write_text(json.dumps({"generator": made_by, "family": given.family, "rows": results}, indent=1) + "\n")
    if given.write:
        page.write(results, made_by, "results")


if __name__ == "__main__":
    main()
