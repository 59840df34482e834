"""Who writes the papers of a family: with its own seed and, where it has them, its own words, in the typefaces of tuning."""

import datetime

from generator import words
from generator.writer import Writer

from .drill import words as drill_words
from .exercise import words as exercise_words
from .practice import words as practice_words

OWN = {"practice": practice_words, "drill": drill_words, "exercise": exercise_words}
SHARED = ("FIRST_NAMES", "LAST_NAMES", "CITIES", "STREETS", "COMPANIES", "TRADES", "GOODS", "FOODS", "THINGS")
NAMES = {id(getattr(words, name)): name for name in SHARED}


class FamilyWriter(Writer):
    """Words of the family stand under the generator's names for its own."""

    def __init__(self, family, row, language, index):
        super().__init__("tuning", f"{family}/{row}", language, index)
        self.own = OWN[family]

    def entries(self, table):
        """What the family has in place of a list of the generator's."""
        return getattr(self.own, NAMES[id(table)])[self.language]

    def of(self, table):
        return self.random.choice(self.entries(table))

    def some(self, table, count):
        mine = self.entries(table)
        return [self.random.choice(mine) for _ in range(count)] if count > len(mine) else self.random.sample(mine, count)

    def sentence(self):
        first, second = self.some(words.THINGS, 2)
        text = self.random.choice(self.own.SENTENCES[self.language]).format(
            a=first, b=second, p=self.person(), c=self.of(words.CITIES), d=self.date(), m=self.money(), n=self.random.randint(3, 97))
        return text[0].upper() + text[1:]

    def title(self):
        return self.random.choice(self.own.TITLES[self.language])


class LocalWriter(FamilyWriter):
    """Of a family whose papers come from several countries: towns and companies are those of the country."""

    def __init__(self, family, row, language, index, home):
        super().__init__(family, row, language, index)
        self.home = home

    def entries(self, table):
        mine = getattr(self.own, NAMES[id(table)])
        return mine.get(self.home.name) or mine[self.language]

    def street(self):
        number, street = self.random.randint(1, 280), self.of(words.STREETS)
        return f"{number} {street}" if self.home.country.number_first else f"{street} {number}"

    def town(self):
        return self.home.town(self.random, self.of(words.CITIES))

    def phone(self):
        return self.home.filled(self.random, self.random.choice(self.home.country.phones))

    def date(self):
        day, month, year = self.day()
        return self.home.style.date(datetime.date(year, month, day))

    def money(self, low=20, high=9000):
        return self.home.style.money(self.random.randint(low * 100, high * 100))


def writer_of(family, row, language, index, home):
    if family not in OWN:
        return Writer(family, row, language, index)
    return LocalWriter(family, row, language, index, home) if home.country else FamilyWriter(family, row, language, index)
