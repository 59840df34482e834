"""Several documents in one file: pages with their kinds, where each begins, sections that are not in one piece, partitions."""

from . import phrases
from .blocks import foot, gap, text
from .drill import layouts as drill_layouts
from .exercise import layouts as exercise_layouts
from .facts import Facts
from .fields import KINDS
from .paper import Paper
from .practice import layouts as practice_layouts
from .report import layouts as report_layouts
from .tuning import layouts as tuning_layouts

LAYOUTS = {"tuning": tuning_layouts, "practice": practice_layouts, "drill": drill_layouts, "exercise": exercise_layouts,
           "report": report_layouts}
# By index: kinds in order; `*` marks those that are told apart by a key, `+` those of them that share the page of the one before.
# A kind that comes back is a section in two pieces.
PLANS = {
    "tuning": [["invoice", "contract", "letter"], ["invoice*", "invoice*", "delivery_note"], ["letter", "bank_statement", "letter", "payslip"],
               ["purchase_order", "delivery_note", "invoice", "quote"], ["resume", "application_form", "contract", "payslip*", "payslip*"],
               ["quote", "invoice*", "invoice*", "invoice*", "letter"], ["contract", "bank_statement", "contract", "invoice"], ["receipt*", "receipt+", "letter", "delivery_note*", "delivery_note*"]],
    "practice": [["quote", "purchase_order", "invoice"], ["payslip*", "payslip*", "letter"],
                 ["delivery_note*", "delivery_note*", "delivery_note*", "receipt"],
                 ["letter", "contract", "letter", "application_form"], ["bank_statement", "receipt*", "receipt+", "bank_statement"],
                 ["resume", "letter", "payslip*", "payslip*"], ["purchase_order*", "purchase_order*", "quote", "contract"],
                 ["invoice*", "invoice*", "resume", "application_form", "invoice*"]],
    "drill": [["delivery_note", "invoice", "letter"], ["receipt*", "receipt+", "receipt*", "letter"], ["contract", "letter", "contract"],
              ["payslip*", "payslip*", "bank_statement"], ["application_form", "resume", "letter", "payslip"],
              ["quote", "letter", "quote", "purchase_order", "delivery_note"], ["invoice*", "invoice*", "bank_statement"],
              ["purchase_order*", "purchase_order*", "delivery_note*", "delivery_note*"]],
    "exercise": [["purchase_order", "invoice", "letter"], ["receipt*", "receipt+", "contract"],
                 ["delivery_note*", "delivery_note*", "quote", "letter"],
                 ["payslip*", "payslip*", "bank_statement", "resume"], ["application_form", "letter", "application_form", "contract"],
                 ["invoice*", "invoice*", "purchase_order", "bank_statement"],
                 ["letter", "quote", "letter", "purchase_order*", "purchase_order*"],
                 ["resume", "delivery_note*", "delivery_note*", "invoice", "payslip"]],
    "report": [["letter", "invoice*", "invoice*"], ["contract", "quote", "purchase_order"], ["payslip*", "payslip*", "payslip*", "resume"],
               ["bank_statement", "invoice", "bank_statement", "letter"], ["delivery_note", "invoice*", "invoice*", "contract"], ["receipt*", "receipt+", "application_form", "letter"],
               ["invoice", "letter", "invoice", "quote", "delivery_note"], ["purchase_order*", "purchase_order*", "delivery_note", "bank_statement"]],
}
KEYS = {"receipt": "receipt_number", "invoice": "invoice_number", "payslip": "employee_name", "delivery_note": "delivery_note_number", "purchase_order": "po_number"}


def bundle(document, path):
    """Draws the documents one after the other; what a split has to find."""
    paper, labels, starts, sections, names = None, [], [], {}, {}
    for at, kind in enumerate(PLANS[document.family][document.index % 8]):
        keyed, shares, kind = kind[-1] in "*+", kind[-1] == "+", kind.rstrip("*+")
        facts = drawn(document, kind, at)
        if paper is None:
            paper = Paper(facts, path)
        elif shares:
            paper.draw([gap(40)])
        else:
            paper.turn()
        first, top = paper.page(), round(paper.height(), 2) if shares else 0.0
        paper.draw(getattr(LAYOUTS[document.family], kind)(facts))
        if kind in ("contract", "letter") and document.index % 2:
            paper.turn()
            paper.draw(more(facts))
        pages = list(range(first, paper.page() + 1))
        labels += [kind] * (paper.page() - len(labels))
        starts.append(first)
        section = sections.setdefault(kind, {"name": kind, "pages": [], "partitions": []})
        section["pages"] += [page for page in pages if page not in section["pages"]]
        if keyed:
            section["partitions"].append({"key": facts.values[KEYS[kind]].normal, "pages": pages, "first_page_y_start": top, "last_page_y_end": round(paper.height(), 2)})
            names[kind] = KEYS[kind].replace("_", " ")
    places = paper.save()
    present = sorted(sections)
    others = [kind for kind in KINDS if kind not in present][document.index % 5:][:2]  # asked for, and not there
    asked = [{"name": kind, "description": KINDS[kind], **({"partition_key": names[kind]} if kind in names else {})} for kind in sorted([*present, *others])]
    return {"labels": labels, "starts": starts, "sections": list(sections.values()), "subdocuments": asked, "pages": len(labels), "places": places}


def drawn(document, kind, at):
    """Facts whose key is on the page: all of one kind in a bundle look alike, as those of one sender do."""
    facts = Facts(document.family, f"{document.row}/{document.index}", kind, document.language, document.index % 3 + 3 * at,
                  variety=document.index)
    facts.hidden -= set(KEYS.values())
    return facts


def more(facts):
    """Another page of the same document, in prose."""
    page = f"{phrases.small(facts, 'page')} 2"
    return [*[text(facts.writer.paragraph(3, 4)) for _ in range(4)], foot([page])]
