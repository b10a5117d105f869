"""Excel (ISO/IEC 29500). In: a network. Out: a workbook of three sheets: Nodes, Edges, About. Ids and texts are cells of text.

By hand: openpyxl 3.1.5 writes the time at which it saves, so equal networks would not make equal bytes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO

from graph.export.graphs.exported import Attribute, CannotHold, Exported, Lack, Type
from graph.export.graphs.tables import Table, nodes, ties
from graph.export.graphs.text import about, plain, put, xml
from graph.export.graphs.zipped import write_zip

MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""The beginning of what Excel takes for an escaped character."""
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEETS = ("Nodes", "Edges", "About")
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
"""The second style says that a cell is text, so that no formula becomes of it when somebody edits it."""


def write_xlsx(of: Exported, to: BinaryIO) -> None:
    """Write a network. Raise CannotHold for control characters, and for more rows or longer texts than Excel has."""
    said = [*about(of), *(("source", id_) for id_ in of.about.sources)]
    of_about = Table((Attribute("what", Type.TEXT), Attribute("text", Type.TEXT)), iter(said))
    sheets = zip(range(1, len(SHEETS) + 1), (nodes(of), ties(of), of_about), strict=True)
    write_zip(
        {
            "[Content_Types].xml": _text(_types()),
            "_rels/.rels": _text(_leads(f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"')),
            "xl/workbook.xml": _text(_workbook()),
            "xl/_rels/workbook.xml.rels": _text(
                _leads(
                    *(f'Type="{OFFICE}/worksheet" Target="worksheets/sheet{at + 1}.xml"' for at in range(len(SHEETS))),
                    f'Type="{OFFICE}/styles" Target="styles.xml"',
                )
            ),
            "xl/styles.xml": _text(STYLES),
            **{f"xl/worksheets/sheet{at}.xml": partial(put, _sheet(table)) for at, table in sheets},
        },
        to,
        large=False,
    )


def _text(text: str) -> Callable[[BinaryIO], None]:
    return partial(put, [text])


def _types() -> str:
    parts = [("workbook", "sheet.main"), ("styles", "styles")]
    parts += [(f"worksheets/sheet{at + 1}", "worksheet") for at in range(len(SHEETS))]
    every = "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{CONTENT}.{kind}+xml"/>' for part, kind in parts)
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{every}</Types>'
    )


def _leads(*given: str) -> str:
    every = "".join(f'<Relationship Id="rId{at}" {each}/>' for at, each in enumerate(given, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{every}</Relationships>'


def _workbook() -> str:
    every = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(SHEETS, 1))
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{every}</sheets></workbook>'


def _sheet(table: Table) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'
    yield _row([_cell(each.name) for each in table.columns])
    cells = [_CELLS.get(each.type, _cell) for each in table.columns]
    for number, values in enumerate(table.rows, 2):
        if number > MOST_ROWS:
            raise CannotHold(Lack.SIZE, f"more than {MOST_ROWS - 1:,} nodes or ties")
        yield _row(["<c/>" if value is None else cell(value) for cell, value in zip(cells, values, strict=True)])
    yield "</sheetData></worksheet>"


def _row(cells: Sequence[str]) -> str:
    return f"<row>{''.join(cells)}</row>\n"


def _cell(value: Any) -> str:
    text = plain(value)
    if len(text) > MOST_CHARACTERS:
        raise CannotHold(Lack.SIZE, f"a text of {len(text):,} characters, {text[:60]!r}")
    safe = xml(ESCAPED.sub("_x005F_", text) if "_x" in text else text)
    return f'<c t="inlineStr" s="1"><is><t xml:space="preserve">{safe}</t></is></c>'


_CELLS: dict[Type, Callable[[Any], str]] = {
    Type.INTEGER: lambda value: f"<c><v>{value}</v></c>",
    Type.NUMBER: lambda value: f"<c><v>{float(value)!r}</v></c>",
    Type.BOOLEAN: lambda value: f'<c t="b"><v>{int(value)}</v></c>',
}
