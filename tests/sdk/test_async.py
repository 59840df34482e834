"""The asynchronous client: the same jobs, many at once."""

import asyncio
import unittest

from quire import PARSE, POLL, UNKNOWN_JOB, error_class, note
from retab import AsyncRetab

COUNT = 12


class Asynchronous(unittest.TestCase):
    def test_many_jobs_at_once(self):
        async def life(quire, number):
            job = await quire.jobs.create(PARSE, note(f"number {number}"), metadata={"number": str(number)})
            ended = await quire.jobs.wait_for_completion(job.id, **POLL)
            full = await quire.jobs.retrieve_full(job.id)
            self.assertEqual((ended.status, ended.response.body), ("completed", full.response.body))
            self.assertEqual((full.request, full.metadata), (note(f"number {number}"), {"number": str(number)}))
            self.assertEqual(full.response.body["text"], f"number {number}")
            listed = await quire.jobs.list(id=job.id, metadata={"number": str(number)})
            self.assertEqual([found.id for found in listed.data], [job.id])

        async def all_lives():
            async with AsyncRetab(max_retries=0) as quire:
                await asyncio.gather(*(life(quire, number) for number in range(COUNT)))

        asyncio.run(all_lives())

    def test_cancel_retry_and_a_refusal(self):
        async def calls():
            async with AsyncRetab(max_retries=0) as quire:
                job = await quire.jobs.create(PARSE, note("changed my mind"))
                self.assertEqual((await quire.jobs.cancel(job.id)).status, "cancelled")
                self.assertEqual((await quire.jobs.retry(job.id)).status, "queued")
                self.assertEqual((await quire.jobs.wait_for_completion(job.id, **POLL)).status, "completed")
                with self.assertRaises(error_class(404)):
                    await quire.jobs.retrieve(UNKNOWN_JOB)

        asyncio.run(calls())
