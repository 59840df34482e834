"""What the figures make of answers whose figure is known by hand."""

import unittest

from . import metrics
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


if __name__ == "__main__":
    unittest.main()
