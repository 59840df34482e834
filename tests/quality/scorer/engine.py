"""The one place that knows how a document gets to the engine and back."""

import base64
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

MEDIA = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png", ".tif": "image/tiff", ".html": "text/html", ".eml": "message/rfc822",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
TIMEOUT = 600  # seconds for one document, on a machine that does other things too


def parse(worker, path, work):
    """The response to POST /v1/documents/parse for a file, or None and why."""
    data = base64.b64encode(path.read_bytes()).decode()
    request = {"document": {"filename": path.name, "url": f"data:{MEDIA[path.suffix]};base64,{data}"}, "table_parsing_format": "html"}
    asked = work / f"{path.name}.request.json"
    asked.write_text(json.dumps(request))
    try:
        done = subprocess.run([worker, "run", "/v1/documents/parse", "--request", str(asked)], capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return None, f"no answer in {TIMEOUT} s"
    finally:
        asked.unlink()
    if done.returncode:
        return None, (done.stderr.decode(errors="replace").strip().splitlines() or ["no word"])[-1]
    (work / f"{path.name}.json").write_bytes(done.stdout)
    return json.loads(done.stdout), None


def parse_all(worker, paths, work):
    """Responses by path, as many documents at a time as there are cores; and the reasons of those without one."""
    work.mkdir(parents=True, exist_ok=True)
    answers, failures = {}, {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        running = {pool.submit(parse, worker, path, work): path for path in paths}
        for done, future in enumerate(concurrent.futures.as_completed(running), 1):
            path = running[future]
            answer, reason = future.result()
            if reason:
                failures[path] = reason
            answers[path] = answer or {"pages": [""]}
            if sys.stderr.isatty() or done % 50 == 0:
                print(f"\r{done} of {len(paths)}", end="" if sys.stderr.isatty() else "\n", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return answers, failures


def poppler(path):
    """The text that poppler reads in a PDF."""
    return subprocess.run(["pdftotext", "-enc", "UTF-8", str(pathlib.Path(path)), "-"], capture_output=True, check=True).stdout.decode()
