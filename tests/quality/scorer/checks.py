"""What the figures make of answers whose figure is known by hand."""

import itertools
import json
import unittest
import zlib

from business import fields
from business.labels import LABELS, NAMED, OTHER_NAMES
from business.values import Value
from generator.words import LANGUAGES

from . import judging, metrics, normal, real, schemas, sources
from .reading import Answer, readings, words


def answer(*pages):
    return Answer({"pages": list(pages)})


class Reading(unittest.TestCase):
    def test_marks_of_headings_and_bullets_are_no_text_and_numbers_are(self):
        self.assertEqual(words(answer("# Title\n\n- one\n  - two\n1. three - four").text), ["Title", "one", "two", "1.", "three", "four"])

    def test_a_table_is_text_cell_by_cell_and_rows_of_cells_with_spans_at_their_top_left(self):
        read = answer('before\n\n<table>\n<tr><th rowspan="2">a</th><th colspan="2">b &amp; c</th></tr>\n<tr><td>d<br>e</td><td>f</td></tr></table>')
        self.assertEqual(read.tables, [[["a", "b & c", ""], ["", "d e", "f"]]])
        self.assertEqual(words(read.text), "before a b & c d e f".split())

    def test_items_are_lines_with_a_mark(self):
        self.assertEqual(answer("- one\n2. two\nthree").items(), ["one", "two"])

    def test_columns_of_short_lines_may_be_read_from_either_side_or_across(self):
        sides = {"kind": "sides", "sides": [["a", "b"], ["c"]]}
        self.assertEqual(readings({"pages": [{"blocks": [sides]}]}), {"a b c", "c a b", "a c b"})


class Metrics(unittest.TestCase):
    def test_a_word_counts_as_often_as_it_is_wanted(self):
        self.assertEqual(metrics.found_words(["a", "a", "b"], ["a", "c"]), (1, 3))

    def test_case_accents_and_spaces_are_characters(self):
        self.assertEqual(metrics.character_errors({"Größe 5 €"}, "grösse5 €"), (4, 9))

    def test_letters_with_accents_and_the_euro_sign_are_found_where_the_edit_keeps_them(self):
        self.assertEqual(metrics.special_letters({"é ß € a"}, "é s € a"), (2, 3))

    def test_cells_are_equal_in_aligned_rows_and_columns_only(self):
        wanted = [["h", "i", "j"], ["1", "2", "3"], ["4", "5", "6"]]
        self.assertEqual(metrics.table_cells([wanted], [wanted]), (18, 18))
        self.assertEqual(metrics.table_cells([wanted], [[["h", "i j"], ["1", "2 3"], ["4", "5 6"]]]), (6, 15))
        self.assertEqual(metrics.table_cells([wanted], [wanted[1:]]), (12, 15))
        self.assertEqual(metrics.table_cells([wanted], [wanted, [["more"]]]), (18, 19))
        self.assertEqual(metrics.table_cells([wanted], []), (0, 9))
        # Read by columns: of each row, at most the cell in the one column that is where it was.
        self.assertEqual(metrics.table_cells([wanted], [[list(row) for row in zip(*wanted)]])[0] // 2, 3)

    def test_the_interval_holds_the_figure_and_is_the_same_every_time(self):
        pairs = [(at % 3, 3) for at in range(30)]
        low, high = metrics.interval(pairs)
        self.assertTrue(low < metrics.ratio(pairs) < high)
        self.assertEqual((low, high), metrics.interval(pairs))


class Values(unittest.TestCase):
    def test_numbers_are_equal_to_a_half_cent_and_codes_by_letters_and_digits(self):
        self.assertTrue(normal.equal("number", 1234.5, 1234.5))
        self.assertFalse(normal.equal("number", 1234.5, 1234.51))
        self.assertFalse(normal.equal("number", 1, True))
        self.assertTrue(normal.equal("code", "DE12 3456", "de123456"))
        self.assertFalse(normal.equal("text", "Northwell Ltd", "Northwell"))

    def test_where_the_truth_has_several_forms_each_is_right_and_no_other(self):
        forms = {"any": ["Northwell Ltd", "Northwell"]}
        self.assertTrue(normal.equal("text", forms, "Northwell") and normal.equal("text", forms, "NORTHWELL LTD"))
        self.assertFalse(normal.equal("text", forms, "Northwell Ltd of somewhere") or normal.equal("text", forms, None))
        self.assertFalse(normal.equal("text", forms, forms))

    def test_a_text_says_the_values_that_it_may_be_read_as_and_no_other(self):
        self.assertTrue(normal.says("1.234,50 €", 1234.5) and normal.says("$1,234.50", 1234.5) and normal.says("1 234,50", 1234.5))
        self.assertFalse(normal.says("1.234,50 €", 1234))
        self.assertTrue(normal.says("3. März 2024", "2024-03-03") and normal.says("03/04/2024", "2024-04-03"))
        self.assertFalse(normal.says("3. März 2024", "2024-03-04"))
        # As OCR reads it.
        self.assertTrue(normal.says("March 3,2024", "2024-03-03"))
        self.assertTrue(all(normal.says("1.–31. März 2024", f"2024-03-{day}") for day in ("01", "31")))
        self.assertFalse(normal.says("Total due to Northwell Ltd", "Northwell Ltd of somewhere"))

    def test_what_is_derived_is_computed_again(self):
        self.assertTrue(normal.follows("sum", 30, [10, 20]) and normal.follows("difference", 5, [20, 15]))
        self.assertFalse(normal.follows("sum", 31, [10, 20]) or normal.follows("guess", 30, [30]))


class RealSets(unittest.TestCase):
    """What fails here says no value: those of the report family are for nobody to see."""

    def test_a_time_is_held_against_an_answer_as_in_generated_papers(self):
        self.assertTrue(normal.equal(real.kind_of("receipt_time"), "09:05", "09:05:00"))

    def test_of_a_hybrid_invoice_the_xml_is_blanked_and_nothing_moves(self):
        def file(content):
            return b"1 0 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n2 0 obj\n<< >>\nstream\r\n" + content + b"\nendstream\nendobj"

        invoice = b"<?xml version='1.0'?><rsm:CrossIndustryInvoice xmlns:rsm='r'><a/></rsm:CrossIndustryInvoice>"
        for content in (invoice, zlib.compress(invoice)):
            whole, blanked = file(content), real.pages_alone(file(content))
            start = whole.index(content)
            self.assertEqual((len(blanked), blanked[:start]), (len(whole), whole[:start]))
            self.assertEqual(blanked[start:].strip(), b"endstream\nendobj")
        other = file(b"<svg/>")
        self.assertEqual(real.pages_alone(other), other)

    def test_what_has_several_forms_has_two_or_three_and_is_no_sum(self):
        for listing in ("documents.json", "practice.json"):
            several = [(real.kind_of(key), value["any"]) for document in json.loads((real.HERE / listing).read_text())
                       for key, value in document["fields"].items() if isinstance(value, dict)]
            self.assertTrue(all(kind not in ("number", "integer") and 2 <= len(set(forms)) == len(forms) <= 3 for kind, forms in several), listing)


class Sources(unittest.TestCase):
    places = [[1, 0.1, 0.1, 0.3, 0.12, "Total 30.00"], [1, 0.1, 0.8, 0.3, 0.82, "Other"]]

    def fault(self, **source):
        return sources.fault(30, {"kind": "text", "content": "30.00", "page": 1, "rect": dict(left=0.2, top=0.1, right=0.3, bottom=0.12)} | source,
                             {}, self.places, False)

    def test_a_source_holds_where_its_text_stands_and_nowhere_else(self):
        self.assertIsNone(self.fault())
        self.assertIsNotNone(self.fault(rect=dict(left=0.1, top=0.8, right=0.3, bottom=0.82)))
        self.assertIsNotNone(self.fault(page=2))
        self.assertIsNotNone(self.fault(content="31.00"))
        self.assertIsNotNone(sources.fault(30, None, {}, self.places, False))

    def test_signs_stand_where_they_are_written_and_boxes_beside_words(self):
        for sign, is_there in (("0", True), ("$", False), ("□", True)):
            for scanned in (True, False):
                self.assertEqual(sources.stands(dict(content=sign, page=1, rect=dict(left=0.2, top=0.1, right=0.3, bottom=0.12)), self.places, scanned), is_there)
        self.assertFalse(sources.stands(dict(content="□", page=1, rect=dict(left=0.2, top=0.5, right=0.3, bottom=0.52)), self.places, False))

    def test_a_derivation_names_leaves_that_are_there(self):
        derived = {"kind": "derived", "rule": "sum", "from": ["/a", "/b/0"]}
        self.assertIsNone(sources.fault(30, derived, {"a": 10, "b": [20]}, [], False))
        self.assertIsNotNone(sources.fault(30, derived, {"a": 10, "b": []}, [], False))


class Judging(unittest.TestCase):
    def extraction(self, value, likelihoods=None):
        fields = {"/a": {"kind": "number", "value": 1}, "/b": {"kind": "text", "value": None}}
        items = {"array": "rows", "kinds": {"x": "number", "y": "text"}, "rows": [{"x": 1, "y": "one"}, {"x": 2, "y": "two"}]}
        answer = {"response": {"choices": [{"message": {"parsed": value}}]}, "extraction": {"likelihoods": likelihoods, "sources": {}}}
        return judging.Extraction({"row": "text"}, {"fields": fields, "items": items}, {"places": []}, answer)

    def test_fields_on_the_page_and_fields_that_are_not_are_counted_apart(self):
        self.assertEqual(self.extraction({"a": 1, "b": None}).header(), (1, 1))
        self.assertEqual(self.extraction({"a": 1, "b": "made up"}).absent(), (1, 1))
        self.assertEqual(self.extraction(None).header(), (0, 1))

    def test_a_value_for_an_absent_field_is_wrong_whatever_its_confidence(self):
        case = self.extraction({"a": 1, "b": "made up"}, {"a": 0.9, "b": 0.9})
        self.assertEqual(case.sure(), (1, 2))
        self.assertAlmostEqual(judging.calibration_error([case.confidences()]), 0.4)

    def test_cells_of_a_row_too_many_count_as_wrong_and_rows_are_aligned(self):
        rows = [{"x": 1, "y": "one"}, {"x": 2, "y": "two"}]
        self.assertEqual(self.extraction({"rows": rows}).cells(), (4, 4))
        self.assertEqual(self.extraction({"rows": rows[1:]}).cells(), (2, 4))
        self.assertEqual(self.extraction({"rows": [{"x": 9, "y": "total"}, *rows]}).cells(), (4, 6))

    def test_boundaries_are_pages_where_another_document_begins(self):
        truth = {"labels": ["a", "a", "b", "a"], "starts": [1, 2, 3, 4]}
        answer = {"splits": [{"name": "a", "pages": [1, 2, 4]}, {"name": "b", "pages": [3]}]}
        self.assertEqual(judging.page_labels(truth, answer), (4, 4))
        self.assertEqual(judging.boundaries(truth, answer), (4, 5))


class Schemas(unittest.TestCase):
    known = [schemas.Paper({"total": Value("number", 10.5, "10.50"), "day": Value("date", "2024-03-01", "1 March 2024")},
                           [{"line_quantity": Value("number", 2, "2")}, {"line_quantity": Value("number", 3, "3")}], [Value("address", "Way 1, Town", "")]),
             schemas.Paper({"total": Value("number", 7, "7.00")}, [], [])]
    truth = {"fields": [{"key": "total", "names": ["Grand total"]}, {"key": "day", "names": ["Day"]}, {"key": "line_quantity", "names": ["Qty"]}]}

    def generated(self, properties, *answers):
        return schemas.Generated(self.truth, self.known, {"properties": properties}, answers)

    def test_leaves_are_those_in_objects_and_lists_too(self):
        schema = {"$defs": {"i": {"properties": {"qty": {}}}}, "properties": {"rows": {"items": {"$ref": "#/$defs/i"}}, "due_date": {"title": "Pay by"},
                                                                                  "some": {"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "null"}]}}}}}
        self.assertEqual([(leaf.path, leaf.names) for leaf in schemas.leaves(schema)],
                         [(("rows", None, "qty"), ["qty"]), (("due_date",), ["due_date", "Pay by"]), (("some", "a"), ["a"])])
        self.assertEqual(schemas.leaves(schema)[0].given({"rows": [{"qty": 1}, {}]}), [1, None])

    def test_a_field_is_found_by_its_name_or_by_values_of_which_none_is_wrong(self):
        self.assertEqual(self.generated({"grand_total": {}}, {}, {}).found(), (1, 3))
        self.assertEqual(self.generated({"sum": {}}, {"sum": 10.5}, {"sum": None}).found(), (1, 3))
        self.assertEqual(self.generated({"sum": {}}, {"sum": 10.5}, {"sum": 8}).found(), (0, 3))
        self.assertEqual(self.generated({"sum": {}}, {"sum": "10,50"}, {"sum": None}).found(), (0, 3))
        # The second paper has no day.
        self.assertEqual(self.generated({"on": {}}, {"on": "2024-03-01"}, {"on": "2024-03-01"}).found(), (0, 3))

    def test_columns_are_found_by_their_cells(self):
        rows = {"items": {"items": {"properties": {"n": {}}}}}
        self.assertEqual(self.generated(rows, {"items": [{"n": 2}, {"n": 3}]}, {"items": []}).found(), (1, 3))
        self.assertEqual(self.generated(rows, {"items": [{"n": 2}, {"n": 4}]}, {"items": []}).found(), (0, 3))
        self.assertEqual(self.generated(rows, {"items": [{"n": 2}, {"n": 3}]}, {"items": [{"n": 1}]}).real(), (0, 1))

    def test_a_leaf_stands_for_one_field_and_what_cannot_be_checked_is_wrong(self):
        twice = self.generated({"total": {}, "sum": {}}, {"total": 10.5, "sum": 10.5}, {})
        self.assertEqual((twice.found(), twice.real()), ((1, 3), (1, 2)))
        self.assertEqual(self.generated({"grand_total": {}, "blah": {}}, {}, {}).real(), (1, 2))
        self.assertEqual(self.generated({"grand_total": {}, "place": {}}, {"place": "Way 1, Town"}, {}).real(), (1, 1))

    def test_papers_are_drawn_of_their_seed_again(self):
        one, other = schemas.papers({"family": "tuning", "row": "sample", "kind": "invoice", "language": "en", "index": 12})
        self.assertTrue(one.rows and other.rows and one.values["invoice_number"] != other.values["invoice_number"])


class OtherNames(unittest.TestCase):
    """What fails here says no name: those of the report family are for nobody to see."""

    def test_every_family_has_one_for_every_field_array_and_group(self):
        for family, names in OTHER_NAMES.items():
            self.assertEqual(set(names), {*NAMED, *fields.ARRAYS, *fields.GROUP_NAMES}, family)

    def test_no_two_are_the_same_in_a_family_or_in_two(self):
        names = [plain(name) for names in OTHER_NAMES.values() for name in names.values()]
        self.assertEqual(len(names), len(set(names)))

    def test_none_is_what_a_page_or_a_schema_calls_the_field(self):
        for family, names in OTHER_NAMES.items():
            self.assertEqual(sum(plain(name) in called(key) for key, name in names.items()), 0, family)


class Labels(unittest.TestCase):
    def test_drill_has_for_no_field_one_that_tuning_or_practice_has_for_it(self):
        for language, key in itertools.product(LANGUAGES, NAMED):
            others = printed("tuning", language, key) | printed("practice", language, key)
            self.assertFalse(printed("drill", language, key) & others, (language, key))


def printed(family, language, key):
    """What pages of the family call the field, whatever their kind."""
    return {plain(label) for own, labels in LABELS[family][language].items() if own.split(".")[-1] == key for label in labels}


def called(key):
    """Every label and name of a field, in all families and languages."""
    names = NAMED.get(key) or fields.ARRAYS.get(key) or fields.GROUP_NAMES[key]
    labels = (label for languages in LABELS.values() for keys in languages.values() for own in keys if own.split(".")[-1] == key for label in keys[own])
    return {plain(name) for name in (*names.values(), *labels)}


def plain(name):
    return "".join(filter(str.isalnum, name.lower()))


if __name__ == "__main__":
    unittest.main()
