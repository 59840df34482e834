"""Who writes the papers of a family that has its own words: with a seed of its own, in the typefaces of tuning."""

from generator import words
from generator.writer import Writer

from ..exercise import words as exercise_words
from . import words as practice_words

WORDS = {"practice": practice_words, "exercise": exercise_words}
TABLES = [(getattr(words, name), name) for name in (
    "FIRST_NAMES", "LAST_NAMES", "CITIES", "STREETS", "COMPANIES", "TRADES", "GOODS", "FOODS", "THINGS")]


def entries(table, language, own):
    """What the family has in place of a list of the generator's."""
    return getattr(own, next(name for shared, name in TABLES if shared is table))[language]


class PracticeWriter(Writer):
    def __init__(self, row, language, index, family):
        super().__init__("tuning", f"{family}/{row}", language, index)
        self.own = WORDS[family]

    def of(self, table):
        return self.random.choice(entries(table, self.language, self.own))

    def some(self, table, count):
        mine = entries(table, self.language, self.own)
        return [self.random.choice(mine) for _ in range(count)] if count > len(mine) else self.random.sample(mine, count)

    def sentence(self):
        first, second = self.some(words.THINGS, 2)
        text = self.random.choice(self.own.SENTENCES[self.language]).format(
            a=first, b=second, p=self.person(), c=self.of(words.CITIES), d=self.date(), m=self.money(), n=self.random.randint(3, 97))
        return text[0].upper() + text[1:]

    def title(self):
        return self.random.choice(self.own.TITLES[self.language])
