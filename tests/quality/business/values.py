"""Values as a page writes them and as they are: dates, money, codes. Families write them differently."""

import dataclasses
import datetime

from generator.words import MONTHS
from generator.writer import NO_BREAK

MARKS = {"GBP": "£", "USD": "$", "EUR": "€", "CAD": "$", "AUD": "$", "MXN": "$", "ARS": "$", "COP": "$", "CHF": "Fr."}
# By family and language: how dates look. D and M are without leading zeros, B is the month's name, b its first letters.
DATES = {
    "tuning": {"en": ["{D} {B} {Y}", "{d}/{m}/{Y}", "{b} {D}, {Y}"], "fr": ["{D} {B} {Y}", "{d}/{m}/{Y}", "{d}/{m}/{y}"],
               "de": ["{d}.{m}.{Y}", "{D}. {B} {Y}", "{D}.{M}.{y}"], "es": ["{D} de {B} de {Y}", "{d}/{m}/{Y}", "{d}-{m}-{Y}"]},
    "practice": {"en": ["{d} {B} {Y}", "{d}/{m}/{y}", "{B} {D}, {Y}"], "fr": ["{d} {B} {Y}", "{d}-{m}-{y}", "{d}/{m}/{Y}"],
                 "de": ["{d}. {B} {Y}", "{D}.{M}.{Y}", "{d}.{m}.{Y}"], "es": ["{d} de {B} de {Y}", "{D}/{M}/{Y}", "{d}-{b}-{Y}"]},
    "exercise": {"en": ["{D} {b} {Y}", "{m}/{d}/{y}", "{D}-{b}-{Y}"], "fr": ["{d}/{m}/{Y}", "{D} {B} {Y}", "{d}.{m}.{y}"],
                 "de": ["{D}.{M}.{Y}", "{D}. {B} {Y}", "{d}.{m}.{y}"], "es": ["{d}/{m}/{y}", "{D} de {B} de {Y}", "{D}-{m}-{Y}"]},
    "report": {"en": ["{Y}-{m}-{d}", "{d}-{b}-{Y}", "{m}/{d}/{Y}"], "fr": ["{d}.{m}.{Y}", "{d}-{m}-{Y}", "{Y}-{m}-{d}"],
               "de": ["{d}.{m}.{y}", "{Y}-{m}-{d}", "{d}. {b}. {Y}"], "es": ["{d}.{m}.{Y}", "{d}/{m}/{y}", "{D} {B} {Y}"]},
}
CURRENCIES = {"tuning": ["GBP", "USD", "EUR"], "practice": ["GBP", "EUR", "USD"], "exercise": ["EUR", "USD", "GBP"],
              "report": ["USD", "EUR", "GBP"]}
# Where the currency stands: {m} its mark, {c} its code, {f} the figure.
MONEY = {
    "tuning": {"en": ["{m}{f}", "{m}{f}", "{c} {f}"], "fr": ["{f} {m}", "{f} {c}", "{f} {m}"], "de": ["{f} {m}", "{f} {c}", "{f}"],
               "es": ["{f} {m}", "{f} {c}", "{f}"]},
    "practice": {"en": ["{f}", "{m}{f}", "{m}{f}"], "fr": ["{f} {m}", "{f}", "{f} {c}"], "de": ["{f} {m}", "{f}", "{c} {f}"],
                 "es": ["{f} {c}", "{f}{m}", "{f} {m}"]},
    "exercise": {"en": ["{m} {f}", "{m}{f}", "{f}"], "fr": ["{f}", "{f} {m}", "{c} {f}"], "de": ["{f} {c}", "{f}", "{m} {f}"],
                 "es": ["{f}{m}", "{f}", "{f} {c}"]},
    "report": {"en": ["{m}{f}", "{f} {c}", "{m} {f}"], "fr": ["{c} {f}", "{f}", "{f} {m}"], "de": ["{m} {f}", "{c} {f}", "{f} {m}"],
               "es": ["{f}", "{m} {f}", "{c} {f}"]},
}

BARE = {"tuning": 1, "practice": 0, "exercise": 1, "report": 2}  # the layout whose figures have no sign of thousands


@dataclasses.dataclass(frozen=True)
class Value:
    """`kind` says how it is compared: text, name, address, code, date, time, number, integer, boolean, choice."""

    kind: str
    normal: object
    text: str


class Style:
    """How one document writes values: `signs` are that of thousands, which may be none, and that of cents."""

    def __init__(self, language, currency, dates, money_form, signs, minus="-{f}"):
        self.language, self.currency, self.dates, self.money_form, self.minus = language, currency, dates, money_form, minus
        self.thousands, self.point = signs[:-1], signs[-1]

    def date(self, day):
        name = MONTHS[self.language][day.month - 1]
        return self.dates.format(d=f"{day.day:02}", D=day.day, m=f"{day.month:02}", M=day.month, Y=day.year, y=f"{day.year % 100:02}",
                                 B=name, b=name[:3])

    def figure(self, cents):
        whole, rest = divmod(abs(cents), 100)
        text = f"{whole:,}".replace(",", self.thousands) + f"{self.point}{rest:02}"
        return self.minus.format(f=text) if cents < 0 else text

    def money(self, cents):
        return self.money_form.format(m=MARKS[self.currency], c=self.currency, f=self.figure(cents))

    @property
    def names_currency(self):
        """Whether every sum on the page says its currency."""
        return self.money_form != "{f}"


def signs(family, language, turn):
    """1,234.50 in English, 1 234,50 in French, 1.234,50 in German and Spanish; without a sign of thousands in some layouts."""
    thousands = {"en": ",", "fr": " " if family == "report" else NO_BREAK, "de": ".", "es": "."}[language]
    return ("" if turn == BARE[family] else thousands) + ("." if language == "en" else ",")


def style_of(family, language, turn):
    """Of a family whose papers do not come from several countries."""
    currency = CURRENCIES[family][turn] if language == "en" else "EUR"
    return Style(language, currency, DATES[family][language][turn], MONEY[family][language][turn], signs(family, language, turn))


def date_value(day, style):
    return Value("date", day.isoformat(), style.date(day))


def money_value(cents, style):
    return Value("number", cents / 100, style.money(cents))


def figure_value(cents, style):
    return Value("number", cents / 100, style.figure(cents))


def code_value(text):
    return Value("code", text, text)


def text_value(text):
    return Value("text", text, text)


def later(day, days):
    return day + datetime.timedelta(days=days)
