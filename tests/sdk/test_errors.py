"""What is refused, and as which class of the SDK it arrives."""

import unittest

from quire import FOREIGN_KEY, PARSE, POLL, READER_KEY, UNKNOWN_JOB, client, error_class, note, paths, refused
from retab.types.standards import PreparedRequest


class Errors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.quire = client()
        cls.job = cls.quire.jobs.create(PARSE, note("somebody's"))

    def test_a_key_that_is_not_known_is_401_everywhere(self):
        jobs = client("sk_retab_not_a_key").jobs
        for call in (jobs.list, lambda: jobs.create(PARSE, note("x"))):
            detail = refused(self, 401, "unauthorized", call)
            self.assertEqual(detail["details"], {"error": "Invalid API Key."})
        for call in (jobs.retrieve, jobs.retrieve_full, jobs.cancel, jobs.retry):
            refused(self, 401, "unauthorized", call, self.job.id)

    def test_a_refusal_that_comes_before_the_body_was_read_spoils_no_connection(self):
        jobs = client("sk_retab_not_a_key").jobs
        for _ in range(10):
            refused(self, 401, "unauthorized", jobs.create, PARSE, note("x" * 1_000_000))
            refused(self, 401, "unauthorized", jobs.retrieve, self.job.id)

    def test_a_key_that_may_only_read_is_403_where_it_would_write(self):
        jobs = client(READER_KEY).jobs
        self.assertEqual(jobs.retrieve(self.job.id).id, self.job.id)
        refused(self, 403, "forbidden", jobs.create, PARSE, note("x"))
        for call in (jobs.cancel, jobs.retry):
            refused(self, 403, "forbidden", call, self.job.id)

    def test_an_unknown_job_and_another_organizations_are_404(self):
        for key, job in ((None, UNKNOWN_JOB), (None, "job_short"), (FOREIGN_KEY, self.job.id)):
            jobs = client(key).jobs
            for call in (jobs.retrieve, jobs.retrieve_full, jobs.cancel, jobs.retry, jobs.wait_for_completion):
                refused(self, 404, "not_found", call, job)
        self.assertEqual(client(FOREIGN_KEY).jobs.list(id=self.job.id).data, [])

    def test_an_endpoint_that_does_not_exist_is_422(self):
        detail = refused(self, 422, "validation_error", self.quire.jobs.create, "/v1/documents/burn", note("x"))
        self.assertEqual(paths(detail), ["$.endpoint"])

    def test_an_extract_without_document_and_schema_raises(self):
        with self.assertRaises(error_class(422)):
            self.quire.jobs.create("/v1/documents/extract", {})

    def test_all_violations_are_named_at_once(self):
        request = {"document": {"filename": 7}, "image_resolution_dpi": 5, "table_parsing_format": "latex"}
        metadata = {"k" * 65: "v", "long": "v" * 513}
        detail = refused(self, 422, "validation_error", self.quire.jobs.create, PARSE, request, metadata=metadata)
        found = paths(detail)
        for path in (
            "$.request.document.filename",
            "$.request.document.url",
            "$.request.image_resolution_dpi",
            "$.request.table_parsing_format",
        ):
            self.assertIn(path, found)
        self.assertEqual(sum(path.startswith("$.metadata") for path in found), 2, found)

    def test_metadata_has_limits(self):
        too_many = {f"key {number}": "value" for number in range(17)}
        for metadata in (too_many, {"k" * 65: "v"}, {"k": "\u00e9" * 513}, {"k": 1}):
            refused(self, 422, "validation_error", self.quire.jobs.create, PARSE, note("x"), metadata=metadata)

    def test_an_idempotency_key_makes_one_job(self):
        def create(text):
            data = {"endpoint": PARSE, "request": note(text)}
            url = self.quire.jobs._prepare_create(PARSE, {}).url
            prepared = PreparedRequest(method="POST", url=url, data=data, idempotency_key=f"once-{self.job.id}")
            return self.quire._prepared_request(prepared)

        first = create("the same")
        self.assertEqual(create("the same")["id"], first["id"])
        detail = refused(self, 409, "idempotency_key_reused", create, "another")
        self.assertEqual(detail["details"], {"job_id": first["id"]})

    def test_the_parameters_of_a_list_have_rules(self):
        for status, code, parameters in (
            (422, "validation_error", {"limit": 0}),
            (422, "validation_error", {"limit": 101}),
            (422, "validation_error", {"order": "sideways"}),
            (422, "validation_error", {"status": "done"}),
            (422, "validation_error", {"source": "mail"}),
            (422, "validation_error", {"endpoint": "/v1/documents/burn"}),
            (422, "validation_error", {"document_type": ["pdf", "exe"]}),
            (422, "validation_error", {"filename_regex": "^(a+)+$"}),
            (422, "validation_error", {"include_response": True, "limit": 21}),
            (422, "validation_error", {"before": self.job.id, "after": self.job.id}),
            (400, "invalid_date", {"from_date": "yesterday"}),
            (400, "invalid_date", {"to_date": "2026-02-30"}),
            (400, "invalid_cursor", {"after": UNKNOWN_JOB}),
        ):
            with self.subTest(parameters):
                refused(self, status, code, self.quire.jobs.list, **parameters)
        # Another organization's job is no cursor either, and says nothing of itself.
        refused(self, 400, "invalid_cursor", client(FOREIGN_KEY).jobs.list, before=self.job.id)

    @classmethod
    def tearDownClass(cls):
        cls.quire.jobs.wait_for_completion(cls.job.id, **POLL)
