"""What a generated schema is worth: which of its leaves are fields of the papers that it was made of."""

import dataclasses

from business import phrases
from business.bundles import LAYOUTS
from business.facts import Facts
from business.values import Value
from generator import fonts
from rapidfuzz import fuzz

from . import metrics
from .normal import equal, words

ALIKE = 85  # of 100: how alike names of fields are that name the same
CELLS = 0.8  # of a column's cells, right ones from which on the column is that of the truth
DEEP = 8
EACH = None  # in the path of a leaf: every row of a list


@dataclasses.dataclass(frozen=True)
class Paper:
    """What stands on one of the papers: header values by key, the rows of its list, and what else it is known to say."""

    values: dict
    rows: list
    others: list


@dataclasses.dataclass(frozen=True)
class Leaf:
    path: tuple
    title: str

    @property
    def names(self):
        return [name for name in (self.path[-1], self.title) if name]

    @property
    def is_column(self):
        return EACH in self.path

    def given(self, value):
        """What an answer has there: one value, or of a column one for each row."""
        found = [value]
        for step in self.path:
            inner = [one if step is EACH else one.get(step) if isinstance(one, dict) else None for one in found]
            found = [row for rows in inner if isinstance(rows, list) for row in rows] if step is EACH else inner
        return found if self.is_column else found[0]


def papers(entry):
    """The papers of a sample: their values are drawn of its seed again, as those on the pages were."""
    return [paper(Facts(entry["family"], f"{entry['row']}/{number}", entry["kind"], entry["language"], entry["index"])) for number in range(2)]


def paper(facts):
    fonts.choose(facts.writer, False)  # drawn before the layout there too
    drawn = listen(facts.writer)
    getattr(LAYOUTS[facts.family], facts.kind)(facts)
    values = {key: facts.values[key] for key in facts.shown}
    rows = [{key: item[key] for key in facts.extra.get("columns", ())} for item in facts.items]
    return Paper(values, rows, others(facts, drawn))


def listen(writer):
    """The streets and towns that a layout has the writer draw beside the facts."""
    drawn = []

    def heard(draw):
        def call():
            drawn.append(draw())
            return drawn[-1]
        return call

    writer.street, writer.town = heard(writer.street), heard(writer.town)
    return drawn


def others(facts, drawn):
    """What the page says beside the fields of the truth: addresses that have no label, its title, the name of the club."""
    extra = [facts.extra[key] for key in ("customer_address", "recipient_address") if key in facts.extra]
    places = [*extra, *(drawn[at:at + 2] for at in range(0, len(drawn), 2))]
    addresses = [", ".join(place) for place in places] + [facts.values[key].text for key in ("sender_address",) if key in facts.values]
    titles = [] if facts.kind == "letter" else [phrases.title(facts)]
    texts = [*titles, *([facts.extra["club"]] if "club" in facts.extra else [])]
    return [Value("address", text, text) for text in addresses] + [Value("text", text, text) for text in texts]


def leaves(schema):
    """The leaves of a schema, those in objects and in lists too."""
    defined = schema.get("$defs", {})

    def walk(node, path):
        if len(path) > DEEP or not isinstance(node, dict):
            return
        if "$ref" in node:
            yield from walk(defined.get(node["$ref"].split("/")[-1]), path)
            return
        options = [option for option in node.get("anyOf", []) if option.get("type") != "null"]
        inner = [*(walk(option, path) for option in options), *([walk(node["items"], (*path, EACH))] if "items" in node else []),
                 *(walk(field, (*path, name)) for name, field in node.get("properties", {}).items())]
        found = [leaf for one in inner for leaf in one]
        if found or "properties" in node:
            yield from found
        elif path and path[-1] is not EACH:
            yield Leaf(path, node.get("title", ""))

    return list(dict.fromkeys(walk(schema, ())))


def same_name(names, accepted):
    """Whether the name of a property or its title is one of those that the field goes by."""
    names, accepted = ([" ".join(words(name.replace("_", " "))) for name in some] for some in (names, accepted))
    return any(fuzz.ratio(name, other) >= ALIKE for name in names for other in accepted)


def of_column(key):
    return key.startswith("line_")


def gives(leaf, wanted, answers):
    """Whether a leaf gives the value that each paper has: a right one at least once, and a wrong one never."""
    pairs = [(value, leaf.given(answer)) for value, answer in zip(wanted, answers)]
    given = [value is not None and equal(value.kind, value.normal, found) for value, found in pairs if found not in (None, "")]
    return bool(given) and all(given)


def gives_column(leaf, wanted, answers):
    """The same of a column: of its cells, in rows aligned so that most are right, nearly all are."""
    right, among = 0, 0
    for cells, answer in zip(wanted, answers):
        found = [cell for cell in leaf.given(answer) if cell not in (None, "")]
        if found and cells:
            right += metrics.alignment([[int(equal(cell.kind, cell.normal, other)) for other in found] for cell in cells])[0]
        among += max(len(cells), len(found))
    return right > 0 and right >= CELLS * among


def is_field(leaf, field, known, answers):
    """Whether a leaf stands for a field of the truth, by its name or by what it gives."""
    key = field["key"]
    if leaf.is_column != of_column(key):
        return False
    if same_name(leaf.names, field["names"]):
        return True
    if leaf.is_column:
        return gives_column(leaf, [[row[key] for row in paper.rows if key in row] for paper in known], answers)
    return gives(leaf, [paper.values.get(key) for paper in known], answers)


def is_other(leaf, known, answers):
    """Whether a leaf gives something that the pages say beside the fields of the truth."""
    if leaf.is_column:
        return False
    given = [(paper, leaf.given(answer)) for paper, answer in zip(known, answers)]
    given = [(paper, found) for paper, found in given if found not in (None, "")]
    return bool(given) and all(any(equal(value.kind, value.normal, found) for value in paper.others) for paper, found in given)


def pairs(candidates):
    """As many pairs as there can be of fields and leaves, each of them in one at most: the leaf of each field."""
    leaf_of, field_of = {}, {}

    def place(field, seen):
        for leaf in candidates[field]:
            if leaf not in seen:
                seen.add(leaf)
                if leaf not in field_of or place(field_of[leaf], seen):
                    field_of[leaf], leaf_of[field] = field, leaf
                    return True
        return False

    for field in range(len(candidates)):
        place(field, set())
    return leaf_of


class Generated:
    """A schema beside the truth, with what its papers answer to it."""

    def __init__(self, truth, known, schema, answers):
        self.fields, self.leaves, self.answers = truth["fields"], leaves(schema), answers
        self.leaf_of = pairs([[at for at, leaf in enumerate(self.leaves) if is_field(leaf, field, known, answers)] for field in self.fields])
        matched = set(self.leaf_of.values())
        self.spare = [leaf for at, leaf in enumerate(self.leaves) if at not in matched and not is_other(leaf, known, answers)]

    def found(self):
        return len(self.leaf_of), len(self.fields)

    def real(self):
        return len(self.leaf_of), len(self.leaf_of) + len(self.spare)

    def mistakes(self):
        for at, field in enumerate(self.fields):
            if at not in self.leaf_of:
                yield f"not found: {field['key']} {field['names']}"
        for leaf in self.spare:
            yield f"not in the truth: {leaf.path} {leaf.title!r}: {[leaf.given(answer) for answer in self.answers]}"


def schema_of(answer):
    schema = (answer or {}).get("json_schema") or {}
    return schema.get("json_schema", schema)
