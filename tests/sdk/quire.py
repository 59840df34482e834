"""What the tests of the SDK share: clients, documents, and what a refusal looks like in each version.

The Quire under test is given by the SDK's own variables RETAB_API_KEY and RETAB_API_BASE_URL; keys of other organizations
and rights are in the variables read here. The SDK is used as it comes from PyPI.
"""

import atexit
import base64
import json
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path

import retab
from retab import Retab

VERSION = version("retab")
# 0.0.105 has no classes of its own for refusals.
TYPED = VERSION != "0.0.105"

FOREIGN_KEY = os.environ["FOREIGN_KEY"]  # of another organization
READER_KEY = os.environ["READER_KEY"]  # may read jobs and nothing else
LISTS_KEY = os.environ["LISTS_KEY"]  # of an organization that has no other jobs than those of test_lists.py

PARSE = "/v1/documents/parse"
UNKNOWN_JOB = "job_000000000000000000000"
WEEK = 7 * 86_400
POLL = {"poll_interval_seconds": 0.1, "timeout_seconds": 60.0}

FIXTURES = Path(__file__).parent.parent / "fixtures"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
}


@cache
def client(key=None):
    """A client that shows every refusal: one that tries again would hide what the server said first."""
    made = Retab(api_key=key, max_retries=0)
    atexit.register(made.close)
    return made


def data_url(media_type, content):
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def fixture(name):
    """The request that parses a file of tests/fixtures."""
    path = FIXTURES / name
    return {"document": {"filename": name, "url": data_url(MEDIA_TYPES[path.suffix], path.read_bytes())}}


def business(name):
    """A document of tests/fixtures/business."""
    path = FIXTURES / "business" / name
    return {"filename": name, "url": data_url(MEDIA_TYPES[path.suffix], path.read_bytes())}


def note(text, filename="note.txt"):
    """The request that parses a text."""
    return {"document": {"filename": filename, "url": data_url("text/plain", text.encode())}}


def error_class(status):
    if not TYPED:
        return RuntimeError
    classes = {
        401: retab.AuthenticationError,
        403: retab.PermissionDeniedError,
        404: retab.NotFoundError,
        422: retab.ValidationError,
    }
    return classes.get(status, retab.APIError)


def refused(test, status, code, call, /, *arguments, **named):
    """Calls the SDK, which must raise the class for this status; answers `detail` as the server sent it."""
    with test.assertRaises(error_class(status)) as raised:
        call(*arguments, **named)
    error = raised.exception
    if TYPED:
        test.assertIs(type(error), error_class(status))
        test.assertEqual((error.status_code, error.code), (status, code), error)
        test.assertRegex(error.request_id, "^req_")
        detail = json.loads(error.body)["detail"]
        test.assertEqual((error.message, error.details), (detail["message"], detail["details"]))
    else:
        kind = "Validation error" if status == 422 else "Request failed"
        text = str(error)
        test.assertTrue(text.startswith(f"{kind} ({status}): "), text)
        detail = json.loads(text.split(": ", 1)[1])["detail"]
        test.assertEqual(detail["code"], code)
    test.assertEqual(set(detail), {"code", "message", "details"})
    return detail


def paths(detail):
    """The places of all violations that a refusal names."""
    return [violation["path"] for violation in detail["details"]["errors"]]
