"""What is asked of the engine for each business document, and the answers, with the processor time that they took."""

import json
import resource
import sys

from business.fields import KINDS

from .engine import BATCH, ask, document

DESCRIBED = 1  # of documents with an odd index, the classes are described


def extraction(entry, truth, naming, folder):
    return extraction_of(folder / entry["file"], truth["asks"][naming]["schema"])


def extraction_of(path, json_schema):
    return {"document": document(path), "json_schema": json_schema}


def classification(entry, truth, folder):
    return {"document": document(folder / entry["file"]), "categories": kinds(entry["index"])}


def kinds(index):
    return [{"name": name, "description": description if index % 2 == DESCRIBED else ""} for name, description in KINDS.items()]


def split(entry, truth, folder):
    return {"document": document(folder / entry["file"]), "subdocuments": truth["subdocuments"]}


def schema(entry, truth, folder):
    return {"documents": [document(folder / file) for file in truth["files"]]}


ENDPOINTS = {"extract": "/v1/documents/extract", "classify": "/v1/documents/classify", "split": "/v1/documents/split", "generate": "/v1/schemas/generate"}


class Answers:
    """Answers of one kind by name, left as files beside the documents."""

    def __init__(self, worker, work, options):
        self.worker, self.work, self.options = worker, work, options
        self.failures = {}
        work.mkdir(parents=True, exist_ok=True)

    def all(self, operation, requests):
        """By name; nothing where there is no answer. A request is (name, call that makes its body), made when it is its turn."""
        answers = {}
        for start in range(0, len(requests), BATCH):
            batch = [(name, body()) for name, body in requests[start:start + BATCH]]
            options = self.options if operation == "extract" else ()
            for (name, _), answer in zip(batch, ask(self.worker, ENDPOINTS[operation], batch, self.work, *options)):
                (self.work / f"{name}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
                if "error" in answer:
                    self.failures[name] = str(answer["error"])
                answers[name] = None if "error" in answer else answer
            print(f"{operation}: {start + len(batch)} of {len(requests)}", file=sys.stderr, flush=True)
        return answers

    def processor_seconds(self, requests):
        """Of each of the requests, asked by a process of its own that has everything to load first."""
        seconds = []
        for name, body in requests:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            ask(self.worker, ENDPOINTS["extract"], [(name, body())], self.work)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return seconds
