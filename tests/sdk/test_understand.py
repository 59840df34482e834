"""Extract, classify, split and schemas through jobs: what the SDK makes of the answers."""

import unittest

from retab.types.documents.classify import ClassifyResponse
from retab.types.documents.extract import RetabParsedChatCompletion, maybe_parse_to_pydantic
from retab.types.documents.split import GenerateSplitConfigResponse, SplitResponse

from quire import VERSION, client, business, refused

# A scan is recognised, by an engine of a debug build.
PATIENCE = {"poll_interval_seconds": 0.2, "timeout_seconds": 120.0}
EXTRACT = "/v1/documents/extract"
INVOICES = ("invoice.pdf", "invoice.png", "invoice.docx", "invoice.eml")
SCHEMA = {
    "type": "object",
    "properties": {"invoice_number": {"type": "string"}, "total_amount": {"type": "number"}},
    "required": ["invoice_number", "total_amount"],
}
KINDS = [
    {"name": "invoice", "description": "A request for payment with items, amounts and a total"},
    {"name": "letter", "description": "A letter that begins with Dear and ends with Yours sincerely"},
]


class Understand(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.quire = client()

    def answers(self, endpoint, names, **members):
        """Runs a job for each file at the same time, and answers the bodies of the responses."""
        requests = [{"document": business(name), "model": "retab-small", **members} for name in names]
        jobs = [self.quire.jobs.create(endpoint, request) for request in requests]
        done = [self.quire.jobs.wait_for_completion(job.id, **PATIENCE) for job in jobs]
        for name, job in zip(names, done):
            self.assertEqual((job.status, job.error), ("completed", None), name)
            self.assertEqual(job.response.status_code, 200)
        return dict(zip(names, (job.response.body for job in done)))

    def test_an_extraction_fits_the_models_of_the_schema(self):
        for name, body in self.answers(EXTRACT, INVOICES, json_schema=SCHEMA).items():
            with self.subTest(name):
                extraction = maybe_parse_to_pydantic(SCHEMA, RetabParsedChatCompletion.model_validate(body))
                parsed = extraction.choices[0].message.parsed
                self.assertEqual((parsed.invoice_number, parsed.total_amount), ("2025-0042", 1425.6))
                self.assertEqual(set(extraction.likelihoods), set(SCHEMA["properties"]))
                self.assertGreater(extraction.usage.total_tokens, 0)
                self.assertRegex(extraction.extraction_id, "^extr_")
                self.assertLessEqual(extraction.request_at, extraction.last_token_at)

    def test_an_extraction_without_what_the_schema_asks_for_is_not_parsed(self):
        body = self.answers(EXTRACT, ["delivery.pdf"], json_schema=SCHEMA)["delivery.pdf"]
        extraction = RetabParsedChatCompletion.model_validate(body)
        told = extraction.choices[0].message.parsed
        self.assertIsNone(told["total_amount"])
        # Since 0.0.115 what does not satisfy the schema stays as the server has told it.
        kept = told if tuple(map(int, VERSION.split("."))) >= (0, 0, 115) else None
        self.assertEqual(maybe_parse_to_pydantic(SCHEMA, extraction).choices[0].message.parsed, kept)

    def test_votes_follow_the_answer(self):
        body = self.answers(EXTRACT, ["invoice.pdf"], json_schema=SCHEMA, n_consensus=3)["invoice.pdf"]
        extraction = RetabParsedChatCompletion.model_validate(body)
        self.assertEqual([choice.index for choice in extraction.choices], [0, 1, 2, 3])
        for choice in extraction.choices[1:]:
            self.assertIsInstance(choice.key_mapping, dict)

    def test_a_name_that_another_job_has_is_409(self):
        request = {"document": business("invoice.pdf"), "json_schema": SCHEMA, "extraction_id": f"extr_{VERSION}"}
        job = self.quire.jobs.create(EXTRACT, request)
        detail = refused(self, 409, "extraction_id_taken", self.quire.jobs.create, EXTRACT, request)
        self.assertEqual(detail["details"]["job_id"], job.id)
        self.assertEqual(self.quire.jobs.wait_for_completion(job.id, **PATIENCE).status, "completed")

    def test_a_classification(self):
        for name, body in self.answers("/v1/documents/classify", INVOICES, categories=KINDS).items():
            with self.subTest(name):
                answer = ClassifyResponse.model_validate(body)
                self.assertEqual(answer.result.classification, "invoice")
                self.assertTrue(answer.result.reasoning)

    def test_a_split(self):
        for name, body in self.answers("/v1/documents/split", (*INVOICES, "bundle.pdf"), subdocuments=KINDS).items():
            with self.subTest(name):
                splits = SplitResponse.model_validate(body).splits
                pages = {kind["name"]: [] for kind in KINDS}
                for split in splits:
                    pages[split.name] += split.pages
                bundle = name == "bundle.pdf"
                self.assertEqual(pages, {"invoice": [1, 2], "letter": [3]} if bundle else {"invoice": [1], "letter": []})

    # The oldest SDK refuses to list a job of an endpoint that it does not know.
    @unittest.skipIf(VERSION == "0.0.105", "retab 0.0.105 knows no such endpoint")
    def test_the_parts_of_a_document(self):
        body = self.answers("/v1/documents/split/generate_config", ["bundle.pdf"])["bundle.pdf"]
        subdocuments = GenerateSplitConfigResponse.model_validate(body).subdocuments
        self.assertTrue(subdocuments)
        for subdocument in subdocuments:
            self.assertTrue(subdocument.name and subdocument.description, subdocument)

    def test_a_schema_of_several_documents_extracts_from_them(self):
        request = {"documents": [business(name) for name in INVOICES], "model": "retab-small"}
        job = self.quire.jobs.create("/v1/schemas/generate", request)
        body = self.quire.jobs.wait_for_completion(job.id, **PATIENCE).response.body
        self.assertEqual((body["object"], body["strict"]), ("schema", True))
        answer = self.answers(EXTRACT, ["invoice.pdf"], json_schema=body["json_schema"])["invoice.pdf"]
        parsed = RetabParsedChatCompletion.model_validate(answer).choices[0].message.parsed
        self.assertTrue([value for value in parsed.values() if value is not None], parsed)
