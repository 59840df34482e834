"""Typefaces of the two families, which share none: from pinned packages, so that a page looks the same on every machine, or
those that every PDF reader brings."""

import importlib
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# name: package, regular, bold
FILES = {
    "SourceSans": ("font_source_sans_pro", "files/SourceSansPro-Regular.ttf", "files/SourceSansPro-Bold.ttf"),
    "Caladea": ("font_caladea", "files/Caladea-Regular.ttf", "files/Caladea-Bold.ttf"),
    "PlexMono": ("fontpkg_ibm_plex_mono", "files/IBMPlexMono-Regular.ttf", "files/IBMPlexMono-Bold.ttf"),
    "Vera": ("reportlab", "fonts/Vera.ttf", "fonts/VeraBd.ttf"),
    "SourceSerif": ("font_source_serif_pro", "files/SourceSerifPro-Regular.ttf", "files/SourceSerifPro-Bold.ttf"),
    "FiraSans": ("fontpkg_fira_sans", "files/FiraSans-Regular.ttf", "files/FiraSans-SemiBold.ttf"),
    "DMMono": ("fontpkg_dm_mono", "files/DMMono-Regular.ttf", "files/DMMono-Medium.ttf"),
    "FiraBook": ("fontpkg_fira_sans", "files/FiraSans-Medium.ttf", "files/FiraSans-Bold.ttf"),
}
EMBEDDED = {"tuning": ["SourceSans", "Caladea", "Vera"], "report": ["SourceSerif", "FiraSans", "FiraBook"]}
MONO = {"tuning": ["PlexMono", "Vera"], "report": ["DMMono", "FiraSans"]}
# Not embedded: the reader's own. Never in what is rendered to an image, which would then depend on the machine.
STANDARD = {"tuning": ["Helvetica", "Courier"], "report": ["Times"]}
BOLD = {"Helvetica": ("Helvetica", "Helvetica-Bold"), "Times": ("Times-Roman", "Times-Bold"), "Courier": ("Courier", "Courier-Bold")}
MARK = "\u2022"


def register():
    """Makes the embedded fonts known under NAME and NAME-Bold."""
    for name, (package, regular, bold) in FILES.items():
        place = Path(importlib.import_module(package).__file__).parent
        pdfmetrics.registerFont(TTFont(name, str(place / regular)))
        pdfmetrics.registerFont(TTFont(f"{name}-Bold", str(place / bold)))


def pair(name):
    """The names of the regular and the bold face."""
    return BOLD.get(name, (name, f"{name}-Bold"))


def choose(writer, embedded):
    """A typeface of the family; one that is in the file where the page becomes an image."""
    names = EMBEDDED[writer.family] + ([] if embedded else STANDARD[writer.family])
    return pair(names[writer.random.randrange(len(names))])
