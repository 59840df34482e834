"""Lists: every filter that the SDK has, and every page."""

import unittest
from datetime import datetime, timedelta, timezone

from quire import LISTS_KEY, PARSE, POLL, VERSION, client, fixture, note

# 0.0.116 renamed the parameter, and what it matches.
NODE = "block" if VERSION == "0.0.116" else "node"


class Lists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.jobs = client(LISTS_KEY).jobs
        of_workflow = {"workflow_id": "wf_1", f"workflow_{NODE}_id": f"{NODE}_1", "version": VERSION}
        cls.names = {}
        for name, request, metadata in (
            ("plain", note("plain"), None),
            ("table", fixture("table.csv"), {"customer": "harbour", "berth": "n\u00b0 7"}),
            ("report", {**fixture("report.pdf"), "model": "retab-large"}, {"customer": "harbour"}),
            ("scan", fixture("scan.pdf"), None),
            ("project", {**note("of a project"), "project_id": "project_1"}, None),
            ("workflow", note("of a workflow"), of_workflow),
            ("node", note("of a node"), {"workflow_id": "wf_2", f"{NODE}_id": f"{NODE}_1"}),
            ("upper", note("shouted", "FINAL Report (2).TXT"), None),
        ):
            cls.names[cls.jobs.create(PARSE, request, metadata=metadata).id] = name
        cls.oldest_first = list(cls.names)
        for job in cls.oldest_first:
            cls.jobs.wait_for_completion(job, **POLL)

    def pages(self, **parameters):
        """All pages, in the one way that the SDK has: from cursor to cursor."""
        after = None
        while True:
            page = self.jobs.list(after=after, **parameters)
            yield page.data
            if not page.has_more:
                return
            after = page.last_id

    def found(self, **parameters):
        """The names of the jobs that a filter finds, the oldest first."""
        listed = self.jobs.list(limit=100, order="asc", **parameters)
        self.assertFalse(listed.has_more)
        return [self.names[job.id] for job in listed.data]

    def test_the_youngest_come_first_and_are_light(self):
        page = self.jobs.list()
        self.assertEqual(page.object, "list")
        self.assertEqual([job.id for job in page.data], self.oldest_first[::-1])
        self.assertEqual((page.first_id, page.last_id), (page.data[0].id, page.data[-1].id))
        for job in page.data:
            self.assertEqual((job.request, job.response), (None, None))

    def test_pages_follow_one_another_without_gap_or_repetition(self):
        for order, expected in (("asc", self.oldest_first), ("desc", self.oldest_first[::-1])):
            pages = [[job.id for job in page] for page in self.pages(limit=3, order=order)]
            self.assertEqual([job for page in pages for job in page], expected)
            self.assertTrue(all(len(page) == 3 for page in pages[:-1]), pages)

    def test_before_goes_back_to_the_page_before(self):
        first = self.jobs.list(limit=3)
        second = self.jobs.list(limit=3, after=first.last_id)
        back = self.jobs.list(limit=3, before=second.first_id)
        self.assertEqual([job.id for job in back.data], [job.id for job in first.data])
        self.assertEqual((back.first_id, back.last_id, back.has_more), (first.first_id, first.last_id, False))
        nothing = self.jobs.list(limit=3, before=first.first_id)
        self.assertEqual((nothing.data, nothing.first_id, nothing.last_id, nothing.has_more), ([], None, None, False))

    def test_each_filter_finds_its_jobs(self):
        every = list(self.names.values())
        of = {name: job for job, name in self.names.items()}
        today = datetime.now(timezone.utc).date()
        yesterday, tomorrow = (str(today + timedelta(days=days)) for days in (-1, 1))
        for parameters, expected in (
            ({"id": of["scan"]}, ["scan"]),
            ({"status": "failed"}, ["scan"]),
            ({"status": "completed"}, [name for name in every if name != "scan"]),
            ({"status": "queued"}, []),
            ({"endpoint": PARSE}, every),
            ({"endpoint": "/v1/documents/extract"}, []),
            ({"source": "project"}, ["project"]),
            ({"source": "workflow"}, ["workflow", "node"]),
            ({"source": "api"}, ["plain", "table", "report", "scan", "upper"]),
            ({"project_id": "project_1"}, ["project"]),
            ({"workflow_id": "wf_1"}, ["workflow"]),
            ({f"workflow_{NODE}_id": f"{NODE}_1"}, ["workflow", "node"]),
            ({"model": "retab-large"}, ["report"]),
            ({"filename_regex": "^report"}, ["report"]),
            ({"filename_regex": "^(table|scan)\\.[a-z][a-z][a-z]$"}, ["table", "scan"]),
            ({"filename_contains": "report"}, ["report", "upper"]),
            ({"filename_contains": "(2)."}, ["upper"]),
            ({"document_type": ["pdf"]}, ["report", "scan"]),
            ({"document_type": ["csv", "PDF"]}, ["table", "report", "scan"]),
            ({"from_date": yesterday}, every),
            ({"from_date": yesterday, "to_date": tomorrow}, every),
            ({"from_date": tomorrow}, []),
            ({"to_date": yesterday}, []),
            ({"from_date": tomorrow, "to_date": yesterday}, []),
            ({"metadata": {"customer": "harbour"}}, ["table", "report"]),
            ({"metadata": {"customer": "harbour", "berth": "n\u00b0 7"}}, ["table"]),
            ({"metadata": {"customer": "Harbour"}}, []),
            ({"status": "completed", "document_type": ["pdf"], "model": "retab-large"}, ["report"]),
        ):
            with self.subTest(parameters):
                self.assertEqual(self.found(**parameters), expected)

    def test_payloads_come_when_asked_for(self):
        of = {name: job for job, name in self.names.items()}
        with_request = self.jobs.list(id=of["report"], include_request=True).data[0]
        self.assertEqual(with_request.request, {**fixture("report.pdf"), "model": "retab-large"})
        self.assertIsNone(with_request.response)
        page = self.jobs.list(limit=20, include_response=True, status="completed").data
        texts = {self.names[job.id]: job.response.body["text"] for job in page}
        self.assertEqual((texts["plain"], texts["upper"]), ("plain", "shouted"))
        self.assertTrue(all(job.request is None for job in page))
