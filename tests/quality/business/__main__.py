"""python3 -m business FAMILY DIRECTORY [ROW...]: writes the business documents of a family, all or those of some rows."""

import json
import multiprocessing
import pathlib
import sys

from generator import fonts

from .phrases import FAMILIES
from .plan import documents, make


def work(task):
    return make(*task)


def main(family, directory, *rows):
    if family not in FAMILIES:
        raise SystemExit(f"no such family: {family}")
    tasks = [(document, directory) for document in documents(family) if not rows or document.row in rows]
    with multiprocessing.Pool(initializer=fonts.register) as pool:
        entries = pool.map(work, tasks, chunksize=4)
    listing = pathlib.Path(directory) / ("business.json" if not rows else "business-some.json")
    listing.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    print(f"{len(entries)} business documents of the family {family} in {directory}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
