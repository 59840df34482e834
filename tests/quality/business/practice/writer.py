"""Who writes the papers of the practice family: with its own seed and its own words, in the typefaces of tuning."""

from generator import words
from generator.writer import Writer

from . import words as own

TABLES = [(getattr(words, name), getattr(own, name)) for name in ("FIRST_NAMES", "LAST_NAMES", "CITIES", "STREETS", "COMPANIES", "TRADES",
                                                                  "GOODS", "FOODS", "THINGS")]


def entries(table, language):
    """What the family has in place of a list of the generator's."""
    return next(mine for shared, mine in TABLES if shared is table)[language]


class PracticeWriter(Writer):
    def __init__(self, row, language, index):
        super().__init__("tuning", f"practice/{row}", language, index)

    def of(self, table):
        return self.random.choice(entries(table, self.language))

    def some(self, table, count):
        mine = entries(table, self.language)
        return [self.random.choice(mine) for _ in range(count)] if count > len(mine) else self.random.sample(mine, count)

    def sentence(self):
        first, second = self.some(words.THINGS, 2)
        text = self.random.choice(own.SENTENCES[self.language]).format(
            a=first, b=second, p=self.person(), c=self.of(words.CITIES), d=self.date(), m=self.money(), n=self.random.randint(3, 97))
        return text[0].upper() + text[1:]

    def title(self):
        return self.random.choice(own.TITLES[self.language])
