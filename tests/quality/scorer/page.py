"""Figures as a table, and the page that holds those of the report families."""

import pathlib

PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "quality.md"


def table(results):
    """The rows as a Markdown table, which is what a terminal shows too."""
    lines = ["| row | figure | n | value | 95 % interval | bound | |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for one in results:
        note = one["verdict"] + (f", {one['without_answer']} without an answer" if one["without_answer"] else "")
        value = f"**{one['value']:.4f}**" if one["verdict"] == "failed" else f"{one['value']:.4f}"
        lines.append(f"| {one['row']} | {one['title']} | {one['n']} | {value} | {one['low']:.4f} to {one['high']:.4f} | {one['bound']} | {note} |")
    return "\n".join(lines) + "\n"


def write(results, made_by, name):
    """The table into the page, between the marks of that name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, rest = PAGE.read_text().split(begin)
    after = rest.split(end)[1]
    PAGE.write_text(f"{before}{begin}\nGenerator `{made_by[:16]}`, family `report`.\n\n{table(results)}\n{end}{after}")
