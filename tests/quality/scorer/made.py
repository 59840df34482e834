"""Documents that a generator makes: which generator it is, and where they are."""

import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parents[1]


def generator(listing, *patterns):
    """The hash of the sources that make the documents; they have to be those that are listed."""
    sources = sorted(path for pattern in (*patterns, "generator/*.py", "requirements.txt") for path in HERE.glob(pattern))
    actual = "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(HERE)}\n" for path in sources)
    if actual != (HERE / listing).read_text():
        raise SystemExit(f"the generator is not the one of tests/quality/{listing}")
    return hashlib.sha256(actual.encode()).hexdigest()


def documents(module, family, folder, made_by):
    """What the module tells of the family's documents, which are made unless they are there."""
    stamp = folder / "made_by"
    if not stamp.exists() or stamp.read_text() != made_by:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run([sys.executable, "-m", module, family, str(folder)], cwd=HERE, check=True)
        stamp.write_text(made_by)
    listing = "documents.json" if module == "generator" else f"{module}.json"
    return json.loads((folder / listing).read_text())
