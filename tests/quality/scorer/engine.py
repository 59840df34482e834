"""The one place that knows how a document gets to the engine and back."""

import base64
import json
import pathlib
import subprocess
import sys

MEDIA = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png", ".tif": "image/tiff", ".html": "text/html", ".eml": "message/rfc822",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
TIMEOUT = 300  # seconds for one document, on a machine that does other things too
BATCH = 32  # documents that one process reads: as many at a time as there are cores, and its start costs little


def document(path):
    """A file as a request names it."""
    data = base64.b64encode(path.read_bytes()).decode()
    return {"filename": path.name, "url": f"data:{MEDIA[path.suffix]};base64,{data}"}


def ask(worker, endpoint, requests, work, *options):
    """Answers in the order of the requests, which are pairs of a name and a body, or {"error": ...} where there is none."""
    asked = []
    for name, body in requests:
        asked.append(work / f"{name}.request.json")
        asked[-1].write_text(json.dumps(body))
    try:
        command = [worker, "run", endpoint, "--timeout", str(TIMEOUT), *options, *(word for file in asked for word in ("--request", str(file)))]
        done = subprocess.run(command, capture_output=True, text=True)
    finally:
        for file in asked:
            file.unlink()
    # Of a single request that failed the error is on the other stream; of one that did not, the answer may take many lines.
    lines = done.stdout.splitlines() if len(requests) > 1 else [done.stdout or json.dumps({"error": done.stderr})]
    if len(lines) != len(requests):
        raise SystemExit(f"{len(lines)} answers to {len(requests)} requests: {done.stderr}")
    return [json.loads(line) for line in lines]


def parse(worker, paths, work):
    """Responses in the order of the paths, or {"error": ...} where there is none."""
    return ask(worker, "/v1/documents/parse", [(path.name, {"document": document(path), "table_parsing_format": "html"}) for path in paths], work)


def parse_all(worker, paths, work):
    """Responses by path, and the reasons of those documents that have none."""
    work.mkdir(parents=True, exist_ok=True)
    answers, failures = {}, {}
    for start in range(0, len(paths), BATCH):
        batch = paths[start:start + BATCH]
        for path, answer in zip(batch, parse(worker, batch, work)):
            (work / f"{path.name}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
            if "error" in answer:
                failures[path] = answer["error"]
            answers[path] = answer if "pages" in answer else {"pages": [""]}
        print(f"{start + len(batch)} of {len(paths)} documents", file=sys.stderr, flush=True)
    return answers, failures


def poppler(path):
    """The text that poppler reads in a PDF."""
    return subprocess.run(["pdftotext", "-enc", "UTF-8", str(pathlib.Path(path)), "-"], capture_output=True, check=True).stdout.decode()
