"""What business papers say besides fields, in the words of their family."""

import unicodedata

from generator import words

from .drill import phrases as drill_phrases
from .exercise import phrases as exercise_phrases
from .practice import phrases as practice_phrases
from .report import phrases as report_phrases
from .tuning import phrases as tuning_phrases

FAMILIES = {"tuning": tuning_phrases, "practice": practice_phrases, "drill": drill_phrases, "exercise": exercise_phrases,
            "report": report_phrases}


def ascii_of(text):
    """Letters without accents, as addresses have them."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("œ", "oe"))
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum())


def said(facts, what):
    """What the family has under that name in the language of the facts: BANK, TERMS, NOTICE, LAW, CARRIER, EARNINGS, JOBS."""
    return getattr(FAMILIES[facts.family], what)[facts.language]


def choices(family, language, key):
    """What a form or a till lets one choose of."""
    return FAMILIES[family].CHOICES[key][language]


def booking(facts):
    form = facts.random.choice(said(facts, "BOOKINGS"))
    return form.format(c=facts.writer.of(words.CITIES), n=facts.writer.person())


def title(facts):
    titles = FAMILIES[facts.family].TITLES[facts.kind][facts.language].split("; ")
    return titles[facts.turn % len(titles)]


def small(facts, key):
    return said(facts, "SMALL")[key]
