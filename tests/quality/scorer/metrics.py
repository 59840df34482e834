"""Figures of one document. Every one is a pair (of, among) whose sums over documents are divided, so that a long document
weighs as much as its text."""

import collections
import random
import unicodedata

from rapidfuzz.distance import Levenshtein

from .reading import plain, words

RESAMPLES = 2000
SEED = 20261123


def found_words(wanted, read):
    """Words of `wanted` that were read, each as often as it is there at most."""
    wanted, read = collections.Counter(wanted), collections.Counter(read)
    return sum((wanted & read).values()), sum(wanted.values())


def word_errors(readings, text):
    """Words to insert, delete or replace, to get from the nearest reading to the text."""
    read = words(text)
    return min(((Levenshtein.distance(words(reading), read), len(words(reading))) for reading in readings), key=lambda pair: pair[0])


def nearest(readings, text):
    text = plain(text)
    return min(readings, key=lambda reading: (Levenshtein.distance(reading, text), reading))


def character_errors(readings, text):
    """Characters to insert, delete or replace. Case counts, and so do spaces."""
    reading = nearest(readings, text)
    return Levenshtein.distance(reading, plain(text)), len(reading)


def is_special(sign):
    """A letter with an accent, a ligature or sharp s, or the euro sign."""
    decomposed = unicodedata.normalize("NFD", sign)
    return sign in "€ßœæŒÆ" or (len(decomposed) > 1 and decomposed[0].isalpha())


def special_letters(readings, text):
    """Such letters that the shortest edit leaves as they are."""
    reading, text = nearest(readings, text), plain(text)
    kept = sum(sum(map(is_special, reading[step.src_start:step.src_end]))
               for step in Levenshtein.opcodes(reading, text) if step.tag == "equal")
    return kept, sum(map(is_special, reading))


def alignment(scores):
    """The highest sum of scores of pairs in the same order on both sides, and the pairs. scores[a][b] >= 0."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best[row][column] = max(best[row + 1][column], best[row][column + 1], scores[row][column] + best[row + 1][column + 1])
    pairs, row, column = [], 0, 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return best[0][0], pairs


def equal_cells(wanted, read):
    """Cells of two tables that say the same in rows and columns that belong together. Columns first: two belong together by
    the cells that they have in common; then rows, by the cells equal in those columns. Neither may cross."""
    if not wanted or not read or not wanted[0] or not read[0]:
        return 0
    turned = [[collections.Counter(filter(None, column)) for column in zip(*table)] for table in (wanted, read)]
    _, columns = alignment([[sum((one & other).values()) for other in turned[1]] for one in turned[0]])
    total, _ = alignment([[sum(bool(one[a]) and one[a] == other[b] for a, b in columns) for other in read] for one in wanted])
    return total


def table_cells(wanted, read):
    """F1 over cells that are not empty, as (2 x equal, wanted + read). A table read is held against one that is wanted at
    most, the pair with the most equal cells first; what is left over counts against the figure."""
    wanted = [[[plain(cell) for cell in row] for row in table] for table in wanted]
    pairs = sorted(((equal_cells(one, other), a, b) for a, one in enumerate(wanted) for b, other in enumerate(read)), key=lambda pair: (-pair[0], *pair[1:]))
    equal, used = 0, (set(), set())
    for cells, a, b in pairs:
        if a not in used[0] and b not in used[1]:
            equal += cells
            used[0].add(a)
            used[1].add(b)
    return 2 * equal, sum(bool(cell) for table in wanted + list(read) for row in table for cell in row)


def ratio(pairs):
    among = sum(pair[1] for pair in pairs)
    return sum(pair[0] for pair in pairs) / among if among else 0.0


def interval(pairs, reduce=ratio):
    """Between which 95 of 100 sets of as many documents lie, drawn from these with replacement."""
    draw = random.Random(SEED)
    figures = sorted(reduce(draw.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    return figures[round(RESAMPLES * 0.025)], figures[round(RESAMPLES * 0.975) - 1]
