"""Normal forms of values: written without a look at the engine's, so that one can be held against the other."""

import datetime
import itertools
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from generator.words import MONTHS

SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}
DATE = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})")
NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?\.?[\s-]*(?:de\s+)?([^\W\d_]{3,})\.?[\s-]*(?:de\s+)?,?\s*(\d{4}|\d{2})|([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(\d{4})")
SPAN = re.compile(r"(\d{1,2})\.?\s?[-–]\s?(?=\d{1,2}(?!\d))")  # of days whose month and year stand once
FIGURE = re.compile(r"[-\u2212(]?\s*\d[\d.,'\u2019 \u00a0\u202f]*")


def plain(text):
    """NFKC, one space for every run of white space, no capitals, no marks at the ends."""
    return " ".join(unicodedata.normalize("NFKC", str(text)).casefold().split()).strip(" .,;:|-–—")


def compact(text):
    """Letters and digits alone."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", str(text)).casefold() if sign.isalnum())


def bare(text):
    """Without accents too: what OCR and addresses lose."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", str(text)).casefold() if sign.isalnum())


def words(text):
    return re.findall(r"\w+", plain(text))


def decimal(value):
    if isinstance(value, bool):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def figures(text):
    """Every number that a text may be read as: a point or a comma may part thousands or cents."""
    found = set()
    for match in FIGURE.finditer(text):
        raw = re.sub(r"[\s'\u2019\u00a0\u202f]", "", match.group())
        sign = -1 if raw[0] in "-\u2212(" or text[match.end():match.end() + 1] == "-" else 1
        digits = raw.lstrip("-\u2212(").rstrip(".,")
        for point in ".,":
            other = "," if point == "." else "."
            whole, _, rest = digits.replace(other, "").partition(point)
            if rest.isdigit() or not rest:
                found.add(sign * Decimal(f"{whole or 0}.{rest or 0}"))
        if digits.count(",") + digits.count(".") > 1:
            found.add(sign * Decimal(re.sub(r"[.,]", "", digits)))
    return found | {-number for number in found}


def month(word):
    """The number of a month by its name or how it begins."""
    word = bare(word)
    for names in MONTHS.values():
        for number, name in enumerate(names, 1):
            if len(word) >= 3 and bare(name).startswith(word):
                return number
    return {"sept": 9, "juil": 7, "fevr": 2}.get(word)


def dates(text):
    """Every day that a text may name, as ISO dates."""
    found = set()
    for one, two, three in DATE.findall(text):
        for year, first, second in ((one, two, three), (three, two, one), (three, one, two)):
            found.add(day(year, first, second))
    for first, name, year, name_before, day_after, year_after in NAMED.findall(text):
        number = month(name or name_before)
        if number:
            found.add(day(year or year_after, number, first or day_after))
    for match in SPAN.finditer(text):
        last = NAMED.match(text, match.end())
        if last and last[2] and month(last[2]):
            found.add(day(last[3], month(last[2]), match[1]))
    return found - {None}


def day(year, number, of_month):
    year = int(year)
    try:
        return datetime.date(year if year > 99 else 1900 + year if year > 50 else 2000 + year, int(number), int(of_month)).isoformat()
    except ValueError:
        return None


def equal(kind, wanted, answer):
    """Whether an answer is the value that is in the truth, or one of the forms that are: `{"any": [one, other]}` lists what a page
    prints whole, in several places, for the same thing, where a careful reader would take either."""
    if isinstance(wanted, dict):
        return any(equal(kind, form, answer) for form in wanted["any"])
    if answer is None or isinstance(answer, (dict, list)):
        return False
    if kind in ("number", "integer"):
        number = decimal(answer)
        return number is not None and abs(number - Decimal(str(wanted))) < Decimal("0.005")
    if kind == "boolean":
        return answer is wanted
    if kind == "date":
        return str(answer)[:10] == wanted
    if kind == "time":
        return str(answer)[:5] == wanted[:5]
    if kind in ("code", "phone"):
        return compact(answer) == compact(wanted)
    if kind == "address":
        return words(answer) == words(wanted)
    return plain(answer) == plain(wanted)


def says(content, value):
    """Whether a value is the normal form of what stands in the document."""
    if isinstance(value, bool):
        return bool(content.strip())
    if isinstance(value, (int, float)):
        return any(abs(number - Decimal(str(value))) < Decimal("0.005") for number in figures(content))
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value):
        return value[:10] in dates(content) or plain(value) == plain(content)
    if value in SYMBOLS.values():
        return value in content.upper() or any(sign in content and code == value for sign, code in SYMBOLS.items())
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", value):
        return compact(value[:5]) in compact(content) or compact(value[:5]).lstrip("0") in compact(content)
    return bare(value) == bare(content) or plain(value) in plain(content) and len(plain(content)) <= 2 * len(plain(value)) + 4


def follows(rule, value, sources):
    """Whether a value is what a rule makes of others. A rule that is not known here does not hold."""
    numbers = [decimal(source) for source in sources]
    if rule in SUMS and None not in numbers and decimal(value) is not None:
        return any(abs(made - Decimal(str(value))) <= Decimal("0.01") for made in SUMS[rule](numbers))
    if rule in TEXTS:
        return TEXTS[rule](value, [str(source) for source in sources])
    return False


def products(numbers):
    made = Decimal(1)
    for number in numbers:
        made *= number
    return [made, made / 100]


def quotients(numbers):
    return [made for one, other in itertools.permutations(numbers, 2) if other for made in (one / other, one / other * 100)] if len(numbers) == 2 else []


SUMS = {
    "sum": lambda numbers: [sum(numbers)], "difference": lambda numbers: [2 * one - sum(numbers) for one in numbers], "product": products,
    "quotient": quotients, "rate": lambda numbers: [round(made, 2) for made in quotients(numbers)], "percentage": products,
    "count": lambda numbers: [Decimal(len(numbers))], "copy": lambda numbers: numbers[:1], "same": lambda numbers: numbers[:1],
}
TEXTS = {
    "copy": lambda value, sources: compact(value) == compact(sources[0]), "same": lambda value, sources: compact(value) == compact(sources[0]),
    "join": lambda value, sources: compact(value) == compact("".join(sources)), "part": lambda value, sources: compact(value) in compact(sources[0]),
}
