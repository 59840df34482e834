"""Text and figures of one document: all that is random in it comes from one seeded source."""

import random

from . import words

SEED = "quire-quality-1"  # another seed is another set of documents
FAMILIES = ("tuning", "report")
NO_BREAK = "\u00a0"


class Writer:
    """What a template asks for words: names, sentences, amounts, in one language and of one family."""

    def __init__(self, family, row, language, index):
        self.family = family
        self.language = language
        self.index = index
        self.random = random.Random(f"{SEED}/{family}/{row}/{language}/{index}")
        self.label = words.LABELS[family][language]

    def of(self, table):
        """One entry of a list that both families share by halves."""
        return self.random.choice(table[self.language][FAMILIES.index(self.family)::2])

    def some(self, table, count):
        mine = table[self.language][FAMILIES.index(self.family)::2]
        return [self.random.choice(mine) for _ in range(count)] if count > len(mine) else self.random.sample(mine, count)

    def person(self):
        return f"{self.of(words.FIRST_NAMES)} {self.of(words.LAST_NAMES)}"

    def company(self):
        name, form = self.of(words.COMPANIES)
        return f"{name} {self.of(words.TRADES)} {form}"

    def street(self):
        number = self.random.randint(1, 180)
        street = self.of(words.STREETS)
        return f"{street} {number}" if self.language in ("de", "es") else f"{number} {street}"

    def town(self):
        city = self.of(words.CITIES)
        if self.language == "en":
            letters = "".join(self.random.choice("ABCDEFGHJKLMNPRSTUWY") for _ in range(4))
            return f"{city} {letters[:2]}{self.random.randint(2, 19)} {self.random.randint(2, 9)}{letters[2:]}"
        return f"{self.random.randint(10000, 98999)} {city}"

    def address(self, name=None):
        return [name or self.person(), self.street(), self.town()]

    def day(self):
        return self.random.randint(1, 28), self.random.randint(1, 12), self.random.randint(2019, 2026)

    def date(self):
        """As the family writes it: the month in words, or in figures."""
        day, month, year = self.day()
        if self.family == "report":
            return f"{day:02}/{month:02}/{year}" if self.language != "de" else f"{day:02}.{month:02}.{year}"
        name = words.MONTHS[self.language][month - 1]
        if self.language == "de":
            return f"{day}. {name} {year}"
        return f"{day} de {name} de {year}" if self.language == "es" else f"{day} {name} {year}"

    def short_date(self):
        day, month, year = self.day()
        separator = {"en": "/", "fr": "/", "de": ".", "es": "-"}[self.language]
        return f"{day:02}{separator}{month:02}{separator}{year % 100:02}" if self.family == "tuning" else f"{year}-{month:02}-{day:02}"

    def decimal(self, low, high):
        return self.figure(self.random.randint(int(low * 100), int(high * 100)))

    def figure(self, cents):
        """1,234.50 in English, 1 234,50 in French, 1.234,50 in German and Spanish."""
        whole, rest = divmod(abs(cents), 100)
        thousands = {"en": ",", "fr": NO_BREAK, "de": ".", "es": "."}[self.language]
        point = "." if self.language == "en" else ","
        sign = "-" if cents < 0 else ""
        return f"{sign}{whole:,}".replace(",", thousands) + f"{point}{rest:02}"

    def euros(self, cents):
        return f"€{self.figure(cents)}" if self.language == "en" else f"{self.figure(cents)}{NO_BREAK}€"

    def money(self, low=20, high=9000):
        return self.euros(self.random.randint(low * 100, high * 100))

    def code(self, letters=2, digits=4):
        head = "".join(self.random.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(letters))
        return f"{head}-{self.random.randint(10 ** (digits - 1), 10 ** digits - 1)}"

    def phone(self):
        digits = [f"{self.random.randint(10, 99)}" for _ in range(4)]
        return f"0{self.random.randint(1, 9)} " + " ".join(digits) if self.language != "en" else f"01{digits[0]} {digits[1]}{digits[2]}"

    def iban(self):
        country = {"en": "IE", "fr": "FR", "de": "DE", "es": "ES"}[self.language]
        return f"{country}{self.random.randint(10, 99)} " + " ".join(f"{self.random.randint(0, 9999):04}" for _ in range(4))

    def sentence(self):
        first, second = self.some(words.THINGS, 2)
        text = self.random.choice(words.SENTENCES[self.family][self.language]).format(
            a=first, b=second, p=self.person(), c=self.of(words.CITIES), d=self.date(), m=self.money(), n=self.random.randint(3, 97))
        return text[0].upper() + text[1:]

    def paragraph(self, low=2, high=5):
        return " ".join(self.sentence() for _ in range(self.random.randint(low, high)))

    def title(self):
        return self.random.choice(words.TITLES[self.family][self.language])

    def titles(self, count):
        return self.random.sample(words.TITLES[self.family][self.language], count)

    def things(self, count):
        return [thing[0].upper() + thing[1:] for thing in self.some(words.THINGS, count)]

    def goods(self, count):
        return self.some(words.GOODS, count)

    def foods(self, count):
        return self.some(words.FOODS, count)
