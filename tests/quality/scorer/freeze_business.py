"""python3 -m scorer.freeze_business DIRECTORY: copies a few business papers of the tuning family that was generated there into
frozen/business/, with what is asked about each and what must be answered. `make test` asks it: bounds are over all papers together,
far enough from what is answered that only damage trips them."""

import json
import pathlib
import shutil
import sys

from .asking import kinds

HERE = pathlib.Path(__file__).resolve().parents[1] / "frozen" / "business"
PAPERS = (
    "text-invoice-de-00", "text-invoice-fr-01", "text-receipt-de-00", "text-bank_statement-en-00", "text-purchase_order-en-01",
    "text-contract-fr-00", "text-application_form-de-01", "text-letter-es-00", "text-delivery_note-es-00", "text-payslip-es-00",
    "text-quote-fr-00", "text-resume-de-00", "docx-invoice-en-06", "eml-invoice-es-09", "eml-contract-de-09", "scan-receipt-es-04",
)
BUNDLES = ("bundle-bundle-en-01", "bundle-bundle-fr-00")
# Least share of fields that are right, of cells, of papers of the right kind and of pages of the right kind; most of the fields
# that are not on the page and have a value.
BOUNDS = {"fields": 0.85, "cells": 0.9, "absent": 0.1, "kinds": 0.93, "pages": 0.9}


def paper(entry, truth):
    asked = truth["asks"]["plain"]
    items = asked.get("items")
    return {"file": pathlib.Path(entry["file"]).name, "kind": entry["kind"], "json_schema": asked["schema"],
            "fields": {pointer: field["value"] for pointer, field in asked["fields"].items()},
            "items": {"array": items["array"], "rows": items["rows"]} if items else None}


def main(directory):
    directory = pathlib.Path(directory)
    entries = {entry["name"]: entry for entry in json.loads((directory / "business.json").read_text())}
    truths = {name: json.loads((directory / entries[name]["truth"]).read_text()) for name in (*PAPERS, *BUNDLES)}
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir(parents=True)
    for name in truths:
        shutil.copy(directory / entries[name]["file"], HERE)
    listing = {
        "bounds": BOUNDS,
        "kinds": kinds(1),
        "papers": [paper(entries[name], truths[name]) for name in PAPERS],
        "bundles": [{"file": pathlib.Path(entries[name]["file"]).name, "subdocuments": truths[name]["subdocuments"], "pages": truths[name]["labels"]}
                    for name in BUNDLES],
    }
    (HERE / "documents.json").write_text(json.dumps(listing, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
