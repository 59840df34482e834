"""The life of a job: created, read, waited for, cancelled, retried."""

import unittest

from quire import PARSE, POLL, WEEK, client, fixture, note, refused


class Life(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.quire = client()
        # Each waits out its dispatch delay: together, not one after the other.
        cls.report = cls.quire.jobs.create(PARSE, fixture("report.pdf"), metadata={"customer": "harbour"})
        cls.scan = cls.quire.jobs.create(PARSE, fixture("scan.pdf"))

    def completed(self):
        return self.quire.jobs.wait_for_completion(self.report.id, **POLL)

    def failed(self):
        return self.quire.jobs.wait_for_completion(self.scan.id, **POLL)

    def test_create_answers_the_queued_job(self):
        job = self.report
        self.assertRegex(job.id, "^job_[A-Za-z0-9_-]{21}$")
        self.assertEqual((job.object, job.status, job.endpoint), ("job", "queued", PARSE))
        self.assertEqual(job.request, fixture("report.pdf"))
        self.assertEqual(job.metadata, {"customer": "harbour"})
        self.assertEqual(job.expires_at - job.created_at, WEEK)
        self.assertRegex(job.organization_id, "^org_")
        self.assertEqual((job.response, job.error, job.started_at, job.completed_at), (None, None, None, None))

    def test_an_endpoint_may_go_without_its_version(self):
        job = self.quire.jobs.create("/documents/parse", note("short"))
        self.assertEqual(job.endpoint, PARSE)
        self.assertEqual(self.quire.jobs.wait_for_completion(job.id, **POLL).status, "completed")

    def test_wait_for_completion_answers_the_response_alone(self):
        job = self.completed()
        self.assertEqual((job.status, job.error, job.request), ("completed", None, None))
        self.assertEqual(job.response.status_code, 200)
        self.assertLessEqual(job.created_at, job.started_at)
        self.assertLessEqual(job.started_at, job.completed_at)
        body = job.response.body
        self.assertEqual(body["usage"], {"page_count": 3, "credits": 3.0})
        self.assertEqual(body["text"], "\n\n".join(body["pages"]))
        self.assertIn("1,840", body["pages"][1])

    def test_wait_for_completion_can_answer_the_request_alone(self):
        job = self.quire.jobs.wait_for_completion(
            self.report.id, include_request=True, include_response=False, **POLL
        )
        self.assertEqual((job.request, job.response), (fixture("report.pdf"), None))

    def test_wait_for_completion_gives_up_in_time(self):
        job = self.quire.jobs.create(PARSE, note("not that fast"))
        with self.assertRaises(TimeoutError):
            self.quire.jobs.wait_for_completion(job.id, poll_interval_seconds=0.01, timeout_seconds=0.05)
        self.assertEqual(self.quire.jobs.wait_for_completion(job.id, **POLL).status, "completed")

    def test_a_job_that_fails_says_why(self):
        job = self.failed()
        self.assertEqual((job.status, job.response), ("failed", None))
        self.assertEqual(job.error.code, "document_has_no_text")
        self.assertTrue(job.error.message)

    def test_retrieve_is_light_unless_asked(self):
        self.completed()
        retrieve = self.quire.jobs.retrieve
        light = retrieve(self.report.id)
        self.assertEqual((light.status, light.request, light.response), ("completed", None, None))
        self.assertEqual(light.metadata, {"customer": "harbour"})
        with_request = retrieve(self.report.id, include_request=True)
        self.assertEqual((with_request.request, with_request.response), (fixture("report.pdf"), None))
        with_response = retrieve(self.report.id, include_response=True)
        self.assertIsNone(with_response.request)
        self.assertIn("1,840", with_response.response.body["text"])

    def test_retrieve_full_answers_both(self):
        full = self.quire.jobs.retrieve_full(self.completed().id)
        self.assertEqual(full.request, fixture("report.pdf"))
        self.assertIn("1,840", full.response.body["text"])
        failed = self.quire.jobs.retrieve_full(self.failed().id)
        self.assertEqual((failed.request, failed.response), (fixture("scan.pdf"), None))

    def test_metadata_comes_back_as_it_was(self):
        # The limits count characters: an emoji is one, whatever its bytes.
        largest = {f"{number:02}" + "\u00e9" * 62: "\U0001f6a2" * 512 for number in range(16)}
        for metadata in (largest, {"": "", "a.b": 'quo"te', "\u4e2d\u6587": "\u6d77\u6e2f\n\t"}, {}):
            job = self.quire.jobs.create(PARSE, note("metadata"), metadata=metadata)
            self.assertEqual(job.metadata, metadata)
            self.assertEqual(self.quire.jobs.retrieve(job.id).metadata, metadata)
        self.assertIsNone(self.quire.jobs.create(PARSE, note("none")).metadata)

    def test_a_queued_job_is_cancelled_and_retried(self):
        created = self.quire.jobs.create(PARSE, note("cancelled first"))
        cancelled = self.quire.jobs.cancel(created.id)
        self.assertEqual((cancelled.id, cancelled.status, cancelled.started_at), (created.id, "cancelled", None))
        self.assertGreaterEqual(cancelled.completed_at, created.created_at)
        self.assertEqual(self.quire.jobs.retrieve(created.id).status, "cancelled")
        refused(self, 400, "job_not_cancellable", self.quire.jobs.cancel, created.id)

        queued = self.quire.jobs.retry(created.id)
        self.assertEqual((queued.id, queued.status), (created.id, "queued"))
        self.assertEqual((queued.started_at, queued.completed_at, queued.error), (None, None, None))
        ended = self.quire.jobs.wait_for_completion(created.id, **POLL)
        self.assertEqual((ended.status, ended.response.body["text"]), ("completed", "cancelled first"))

    def test_a_failed_job_is_retried_and_a_completed_one_is_not(self):
        failed = self.failed()
        queued = self.quire.jobs.retry(failed.id)
        self.assertEqual((queued.id, queued.status, queued.error), (failed.id, "queued", None))
        self.assertGreaterEqual(queued.expires_at, failed.expires_at)
        self.assertEqual(self.failed().error.code, "document_has_no_text")
        completed = self.completed()
        refused(self, 400, "job_not_retryable", self.quire.jobs.retry, completed.id)
        refused(self, 400, "job_not_cancellable", self.quire.jobs.cancel, completed.id)
