"""The schema that is asked of a document, and the answer that is right."""

import math

from .fields import ARRAYS, GROUP_NAMES, GROUPS, ITEMS, KIND_OF, columns, leaf, never_has
from .labels import NAMED, other_name

ABSENT = 0.3  # fields that are not on the page, by those that are


def question(facts, form, naming):
    """`naming` is the page's own language, `en`, or `other`: the family's other names. The truth has an entry for every header
    field asked, by its JSON pointer, and the items with the keys of the schema."""
    absent = [*facts.missing(), *never_has(facts.kind)]
    wanted = [key for key in facts.shown if key in facts.values]
    lacking = facts.writer.random.sample(absent, min(len(absent), math.ceil(len(wanted) * ABSENT)))
    grouped = form == 2 and facts.index % 2 == 0
    properties, truth = {}, {}
    for key in facts.writer.random.sample([*wanted, *lacking], len(wanted) + len(lacking)):
        called = name(facts, naming, key)
        where, pointer = properties, f"/{called}"
        group = next((group for group, keys in GROUPS.items() if key in keys), None) if grouped else None
        if group:
            outer = name(facts, naming, group, GROUP_NAMES)
            where = properties.setdefault(outer, {"type": "object", "properties": {}})["properties"]
            pointer = f"/{outer}{pointer}"
        where[called] = leaf(key, facts.language, form, facts.family)
        value = facts.values[key] if key in wanted else None
        truth[pointer] = {"key": key, "kind": value.kind if value else KIND_OF.get(key, "text"), "value": value.normal if value else None}
    asked = {"schema": {"type": "object", "properties": properties, "required": [next(iter(properties))]}, "naming": naming, "fields": truth}
    if facts.kind in ITEMS and facts.items and "columns" in facts.extra:
        add_items(facts, form, naming, asked)
    return asked


def add_items(facts, form, naming, asked):
    array = name(facts, naming, ITEMS[facts.kind][0], ARRAYS)
    names = {key: name(facts, naming, key) for key in columns(facts.kind) if key in facts.extra["columns"]}
    item = {"type": "object", "properties": {called: leaf(key, facts.language, form, facts.family) for key, called in names.items()}}
    schema = asked["schema"]
    if form == 1:
        schema["$defs"] = {"item": item}
        item = {"$ref": "#/$defs/item"}
    schema["properties"][array] = {"type": "array", "items": item}
    asked["items"] = {"array": array, "kinds": {called: facts.items[0][key].kind for key, called in names.items()},
                      "rows": [{called: row[key].normal for key, called in names.items()} for row in facts.items]}


def name(facts, naming, key, names=NAMED):
    """What the schema calls a field, or an array or group that `names` has."""
    return other_name(facts.family, key) if naming == "other" else names[key][naming]
