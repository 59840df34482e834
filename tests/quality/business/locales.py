"""What depends on the country that a paper comes from: currency, tax, dates, figures, towns, telephones, accounts.

A home is where the papers of one layout come from. Of most families it goes by the language alone; of those in `LOCALES` each
paper comes from one of several countries.
"""

import dataclasses
import re

from generator.writer import NO_BREAK

from .values import Style, Value, code_value, style_of

TAX = {"en": (20, 5), "fr": (20, 10), "de": (19, 7), "es": (21, 10)}  # of the first two layouts, and of the third
ACCOUNTS = {"en": ("GB", 4, 14), "fr": ("FR", 0, 23), "de": ("DE", 0, 18), "es": ("ES", 0, 20)}


def letters(random, count, of):
    return "".join(random.choice(of) for _ in range(count))


def digits(random, count):
    return "".join(str(random.randint(0, 9)) for _ in range(count))


def iban(random, country, bank, count, spaced):
    """With check digits that are right: letters of the bank, if any, and then figures."""
    body = letters(random, bank, "BCDFGKLMNPRST") + digits(random, count)
    check = 98 - int("".join(str(int(sign, 36)) for sign in f"{body}{country}00")) % 97
    whole = f"{country}{check:02}{body}"
    return Value("code", whole, " ".join(whole[at:at + 4] for at in range(0, len(whole), 4)) if spaced else whole)


def bic(random, country):
    return code_value(f"{letters(random, 4, 'ABCDEFGHKLMNPRSTVW')}{country}2L")


class Home:
    """Of a family whose papers differ by language alone."""

    country = None

    def __init__(self, family, language, turn):
        self.language, self.turn = language, turn
        self.style = style_of(family, language, turn)
        self.rate = TAX[language][turn == 2]

    def vat_id(self, random):
        number = digits(random, 9)
        return {"en": f"GB{number}", "fr": f"FR{random.randint(10, 99)}{number}", "de": f"DE{number}",
                "es": f"B{number[:8]}"}[self.language]

    def iban(self, random):
        return iban(random, *ACCOUNTS[self.language], self.turn != 2)

    def bic(self, random):
        return bic(random, "GB" if self.language == "en" else self.language.upper())

    def city_and_code(self, town):
        parts = town.split(" ", 1)
        return parts if self.language == "en" else parts[::-1]

    @property
    def rate_text(self):
        return f"{self.rate}{'' if self.language == 'en' else NO_BREAK}%"


@dataclasses.dataclass(frozen=True)
class Country:
    """Patterns have `#` for a figure, `%` for one that is not 0, `?` for a letter."""

    currency: str
    money: str
    signs: str  # of thousands, and of cents
    dates: tuple  # of every other layout the second
    rate: float
    vat: str
    bank: tuple | None  # country, letters and figures of an IBAN; none where there is no IBAN
    code: str
    town: str
    phones: tuple
    registry: tuple  # lines that stand at the foot of a company's papers
    regions: tuple = ("",)
    number_first: bool = False
    minus: str = "-{f}"


class Local:
    """A home in a country."""

    def __init__(self, name, language, turn, variety):
        self.name, self.language, self.turn = name, language, turn
        self.country = country = COUNTRIES[name]
        dates = country.dates[variety // 3 % len(country.dates)]
        self.style = Style(language, country.currency, dates, country.money, country.signs, country.minus)
        self.rate = country.rate

    def filled(self, random, pattern):
        drawn = {"#": "0123456789", "%": "123456789", "?": "ABCDEFGHJKLMNPRSTUWXY"}
        return "".join(random.choice(drawn[sign]) if sign in drawn else sign for sign in pattern)

    def vat_id(self, random):
        return self.filled(random, self.country.vat)

    def iban(self, random):
        return iban(random, *self.country.bank, self.turn != 1) if self.country.bank else None

    def bic(self, random):
        return bic(random, self.name[-2:])

    def town(self, random, city):
        code, region = self.filled(random, self.country.code), random.choice(self.country.regions)
        return self.country.town.format(code=code, city=city, region=region)

    def city_and_code(self, town):
        """Of a town as it is written here; a region is neither."""
        form = re.escape(self.country.town).replace(r"\{", "{").replace(r"\}", "}")
        code = "".join({"#": r"\d", "%": r"\d", "?": "[A-Z]"}.get(sign, re.escape(sign)) for sign in self.country.code)
        regions = "|".join(map(re.escape, self.country.regions))
        return re.fullmatch(form.format(city="(.+)", code=f"({code})", region=f"(?:{regions})"), town).groups()[::self.step]

    @property
    def step(self):
        return 1 if self.country.town.index("{city}") < self.country.town.index("{code}") else -1

    @property
    def rate_text(self):
        return f"{self.rate}".replace(".", self.country.signs[1]) + ("" if self.language == "en" else NO_BREAK) + "%"


COUNTRIES = {
    "en-GB": Country("GBP", "{m}{f}", ",.", ("{D} {b} {Y}", "{d}/{m}/{Y}"), 20, "GB %## #### ##", ("GB", 4, 14), "??%# #??",
                     "{city} {code}",
                     ("020 7### ####", "0161 4## ####", "01483 5#####"),
                     ("Registered in England and Wales no. 0#######", "Registered office as above"), number_first=True),
    "en-IE": Country("EUR", "{m}{f}", ",.", ("{D} {B} {Y}", "{D} {B} {Y}"), 23, "IE %######??", ("IE", 4, 14), "?%# ?#?#", "{city} {code}",
                     ("01 6## ####", "021 4## ####", "091 7#####"), ("Company registration number: 5#####", "Registered in Ireland"),
                     number_first=True),
    "en-US": Country("USD", "{m}{f}", ",.", ("{m}/{d}/{Y}", "{b} {D}, {Y}"), 7, "%#-#######", None, "%####", "{city} {region} {code}",
                     ("(555) %##-####", "1-800-555-01##", "555.%##.####"), ("State contractor license C-######", "D-U-N-S %#-###-####"),
                     ("OH", "TX", "NY", "WA", "GA"), number_first=True),
    "en-CA": Country("CAD", "{m}{f}", ",.", ("{B} {D}, {Y}", "{B} {D}, {Y}"), 13, "%######## RT0001", None, "?#? #?#",
                     "{city} {region} {code}",
                     ("(416) 555-01##", "1-888-555-01##"), ("Corporation no. #######", "Incorporated in Ontario"),
                     ("ON", "BC", "AB", "NS"),
                     number_first=True),
    "en-AU": Country("AUD", "{m}{f}", ",.", ("{d}/{m}/{Y}", "{D}-{b}-{Y}"), 10, "%# ### ### ###", None, "%###", "{city} {region} {code}",
                     ("(02) 9### ####", "(03) 8### ####", "1300 ### ###"), ("A.C.N. ### ### ###", "Licence no. ######C"),
                     ("NSW", "VIC", "QLD", "WA"), number_first=True),
    "fr-FR": Country("EUR", "{f} {m}", f"{NO_BREAK},", ("{d}/{m}/{Y}", "{D} {B} {Y}"), 20, "FR %# ### ### ###", ("FR", 0, 23), "%####",
                     "{code} {city}",
                     ("0%.##.##.##.##", "01 4# ## ## ##"), ("RCS Nanterre %## ### ###", "APE %###Z", "SIRET %## ### ### 000##"),
                     number_first=True),
    "fr-BE": Country("EUR", "{f} {c}", ".,", ("{d}-{m}-{Y}", "{d}/{m}/{y}"), 21, "BE 0%##.###.###", ("BE", 0, 12), "%###", "{code} {city}",
                     ("02 %## ## ##", "+32 4 2## ## ##"), ("RPM Liège, division Namur", "Agréation n° ##.##.##")),
    "fr-CH": Country("CHF", "{c} {f}", "'.", ("{d}.{m}.{Y}", "{D} {B} {Y}"), 8.1, "CHE-%##.###.###", ("CH", 0, 17), "1###", "{code} {city}",
                     ("022 7## ## ##", "+41 21 6## ## ##"), ("Registre du commerce de Genève", "Membre FER n° ####")),
    "fr-CA": Country("CAD", "{f} {m}", f"{NO_BREAK},", ("{Y}-{m}-{d}", "{Y}-{m}-{d}"), 5, "%######## RT0001", None, "?#? #?#",
                     "{city} {region} {code}", ("514 555-01##", "418 555-01##"), ("NEQ 11########", "Licence RBQ ####-####-##"),
                     ("(Québec)", "QC"), number_first=True),
    "de-DE": Country("EUR", "{f} {m}", ".,", ("{d}.{m}.{Y}", "{D}. {B} {Y}"), 19, "DE%########", ("DE", 0, 18), "%####", "{code} {city}",
                     ("0%## / ######", "0#### %####-0", "+49 %## ######"),
                     ("Amtsgericht Charlottenburg HRB ######", "Steuernummer ##/###/#####"),
                     minus="{f}-"),
    "de-AT": Country("EUR", "{c} {f}", ".,", ("{D}. {B} {Y}", "{d}.{m}.{y}"), 20, "ATU%#######", ("AT", 0, 16), "%###", "{code} {city}",
                     ("01/#######", "+43 662 ######"), ("FN ######k, Landesgericht Linz", "DVR 0######"), minus="{f}-"),
    "de-CH": Country("CHF", "{c} {f}", "'.", ("{d}.{m}.{Y}", "{D}. {B} {Y}"), 8.1, "CHE-%##.###.###", ("CH", 0, 17), "8###",
                     "{code} {city}",
                     ("044 %## ## ##", "+41 31 %## ## ##"), ("Handelsregister des Kantons Zürich", "Branchenverband Mitglied ####")),
    "es-ES": Country("EUR", "{f} {m}", ".,", ("{d}/{m}/{Y}", "{D} de {B} de {Y}"), 21, "B%#######", ("ES", 0, 20), "%####", "{code} {city}",
                     ("9# ### ## ##", "6## ## ## ##"), ("Inscrita en el Registro Mercantil", "tomo ####, folio ##, hoja M-#####")),
    "es-MX": Country("MXN", "{m}{f}", ",.", ("{D}-{b}-{Y}", "{D} de {B} de {Y}"), 16, "???%#####?#?", None, "%####",
                     "{code} {city}", ("55 #### ####", "(33) 36## ####"),
                     ("Folio fiscal ????####-##??-4#??-####????####", "Régimen fiscal 601")),
    "es-AR": Country("ARS", "{m} {f}", ".,", ("{d}/{m}/{Y}", "{d}-{m}-{Y}"), 21, "30-%#######-#", None, "%###", "{code} {city}",
                     ("(011) 4###-####", "0341 4##-####"), ("Ingresos Brutos ###-######-#", "Inicio de actividades: año 1998")),
    "es-CO": Country("COP", "{m} {f}", ".,", ("{D} de {B} de {Y}", "{d}/{m}/{Y}"), 19, "9##.###.###-#", None, "%#####", "{code} {city}",
                     ("(601) ### ####", "300 ### ####"), ("Resolución de numeración 1876########", "Matrícula mercantil 0#######")),
}
# By family and language the countries of papers, one after the other: of the first three layouts, and of the next three.
LOCALES = {"drill": {"en": ["en-GB", "en-US", "en-AU", "en-IE", "en-CA", "en-AU"],
                     "fr": ["fr-FR", "fr-BE", "fr-CH", "fr-FR", "fr-CA", "fr-CH"],
                     "de": ["de-DE", "de-AT", "de-CH", "de-DE", "de-AT", "de-CH"],
                     "es": ["es-ES", "es-MX", "es-AR", "es-ES", "es-CO", "es-AR"]}}


def home_of(family, language, variety):
    names = LOCALES.get(family, {}).get(language)
    return Local(names[variety % len(names)], language, variety % 3, variety) if names else Home(family, language, variety % 3)
