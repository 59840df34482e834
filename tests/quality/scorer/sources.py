"""Whether every value of an extraction comes from where it says: read against what the generator put on the page."""

from rapidfuzz import fuzz

from .normal import bare, follows, says

SLACK = 0.012  # of a page: a scan is tilted by up to half a degree
SCANNED = 60  # of 100: how alike what OCR read and what was put there have to be
BOXES = frozenset("□☐☑☒")  # drawn, not written: beside the words that they are for


def leaves(value, pointer=""):
    """Pointer and value of every leaf."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, f"{pointer}/{at}")
    else:
        yield pointer, value


def at(value, pointer):
    """What a JSON pointer names; nothing if there is nothing."""
    for part in pointer.split("/")[1:]:
        part = part.replace("~1", "/").replace("~0", "~")
        try:
            value = value[int(part)] if isinstance(value, list) else value[part]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return value


def inside(rect, place):
    """Whether a line lies in a rectangle, or a rectangle in a line, for the most part."""
    _, left, top, right, bottom, _ = place
    across = min(rect["right"], right) - max(rect["left"], left)
    down = min(rect["bottom"], bottom) - max(rect["top"], top)
    return across > -SLACK and down > 0.3 * min(rect["bottom"] - rect["top"], bottom - top) - SLACK


def stands(source, places, scanned):
    """Whether the text of a source stands in its place; on its page, in formats without places."""
    on_page = [place for place in places if place[0] == source["page"] or place[1] is None]
    if source.get("rect") and all(place[1] is not None for place in on_page):
        on_page = [place for place in on_page if inside(source["rect"], place)]
    wanted, sign = bare(source["content"]), source["content"].strip()
    if not wanted:
        return any(sign in BOXES or sign in place[5] for place in on_page)
    there = bare(" ".join(place[5] for place in on_page))
    if scanned:
        return bool(on_page) and fuzz.partial_ratio(wanted, there) >= SCANNED
    return wanted in there or all(bare(word) in there for word in source["content"].split())


def truth_of(value, sources, places, scanned):
    """Of every leaf that is not null: its pointer, and why its source does not hold, or nothing."""
    for pointer, leaf in leaves(value):
        if leaf is None:
            continue
        source = at(sources, pointer)
        yield pointer, fault(leaf, source, value, places, scanned)


def fault(leaf, source, value, places, scanned):
    if not isinstance(source, dict) or source.get("kind") not in ("text", "derived"):
        return "no source"
    if source["kind"] == "derived":
        named = [at(value, pointer) for pointer in source["from"]]
        if not named or None in named:
            return "derived from nothing"
        return None if follows(source["rule"], leaf, named) else f"does not follow by {source['rule']}"
    if not says(source["content"], leaf):
        return "its content is another value"
    return None if stands(source, places, scanned) else "does not stand there"
