"""python3 -m scorer.freeze DIRECTORY: copies a few documents of a tuning family that was generated there into frozen/, with
what must be found in them. `make test` reads them: bounds are far enough from what is read that only damage trips them."""

import json
import pathlib
import shutil
import sys

from .reading import plain, readings, without_numbers

HERE = pathlib.Path(__file__).resolve().parents[1] / "frozen"
# Least share of words found and of words that are in the truth; most edits by words or by characters of the truth; least share
# of a table's rows and of a list's items.
DOCUMENTS = {
    "text/text-fr-00.pdf": {"words": 0.99},
    "text/text-de-01.pdf": {"words": 0.99},
    "columns/columns-de-03.pdf": {"order": 0.05},
    "ruled/ruled-fr-00.pdf": {"words": 0.99, "rows": 0.9},
    "unruled/unruled-es-01.pdf": {"words": 0.99, "rows": 0.8},
    "docx/docx-fr-03.docx": {"words": 0.95, "items": 0.95, "vendor": True},
    "docx/docx-de-01.docx": {"words": 0.95, "items": 0.95, "vendor": True, "rows": 0.9},
    "xlsx/xlsx-es-00.xlsx": {"words": 0.85, "rows": 0.8},
    "pptx/pptx-en-01.pptx": {"words": 0.95, "rows": 0.9},
    "html/html-fr-02.html": {"words": 0.95, "rows": 0.9},
    "eml/eml-de-02.eml": {"found": 0.95},
    "scan/scan-en-00.jpg": {"characters": 0.05},
    "scan/scan-fr-00-90.jpg": {"characters": 0.06},
    "receipt/receipt-es-00.jpg": {"characters": 0.06},
}
TURNS = ("-90", "-180", "-270", "-skew")


def truth_of(path):
    stem = path.stem
    for turn in TURNS:
        stem = stem.removesuffix(turn)
    return json.loads(path.with_name(f"{stem}.truth.json").read_text())


def rows(truth):
    blocks = [block for page in truth["pages"] for block in page["blocks"]]
    return [[plain(cell) for cell in row] for block in blocks if block["kind"] == "table" for row in block["rows"]]


def main(directory):
    listing = []
    HERE.mkdir(exist_ok=True)
    for old in HERE.iterdir():
        if old.is_file():
            old.unlink()
    for name, bounds in DOCUMENTS.items():
        path = pathlib.Path(directory) / name
        truth = truth_of(path)
        shutil.copy(path, HERE / path.name)
        counted = path.suffix in (".docx", ".pptx", ".html", ".eml")
        text = plain(without_numbers("\n".join(page["text"] for page in truth["pages"]))) if counted else next(iter(readings(truth)))
        entry = {"file": path.name, "bounds": bounds, "text": text, "numbers_are_text": not counted}
        if "vendor" in bounds:
            entry["vendor"] = plain(truth["vendor"])
        if "items" in bounds:
            entry["items"] = [plain(item) for item in truth["list_items"]]
        if "rows" in bounds:
            entry["rows"] = rows(truth)
        listing.append(entry)
    (HERE / "documents.json").write_text(json.dumps(listing, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
