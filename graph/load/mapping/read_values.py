"""Values as the config writes them. In: a spot and the property that it is for. Out: a Value; faults become complaints."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from graph.load.mapping.cells import Style, Wrong, number_of, text_of, truth_of, whole_of
from graph.load.mapping.dates import format_fault, reader_of
from graph.load.mapping.spots import Spot, nearest, offered
from graph.load.mapping.values import Cells, Constant, MoneyCells, PointCells, Read, Value
from schema.language.kinds import Kind, Marking, Property

ANY = ("column", "columns", "join", "split", "take", "value", "values", "otherwise", "default", "empty")
NUMBERS = ("decimal", "thousands", "times", "round")
MORE: Mapping[Kind, tuple[str, ...]] = {
    Kind.INTEGER: NUMBERS,
    Kind.BIG_INTEGER: NUMBERS,
    Kind.NUMBER: NUMBERS[:3],
    Kind.WHEN: ("format",),
    Kind.END: ("format",),
    Kind.BOOLEAN: ("true", "false"),
    Kind.MONEY: ("currency", *NUMBERS),
}
"""Words that only values of these kinds take."""
POINT = ("column", "columns", "split", "order", "decimal", "otherwise", "empty")
ORDERS = ("lat lon", "lon lat")
CELLS = ("decimal", "thousands", "format", "true", "false", "empty")
"""Words of `cells`, which hold for the whole feed."""
TAKES = {"first": 1, "last": -1}


@dataclass(frozen=True)
class Wanted:
    """What a value is for: the property, the words that it may be, and whether it may be a list."""

    kind: Kind
    words: tuple[str, ...] = ()
    many: bool = False


TEXT = Wanted(Kind.TEXT)


def wanted(prop: Property) -> Wanted:
    """Return what is wanted of the values of a property."""
    if prop.choices:
        return Wanted(prop.kind, tuple(prop.choices.__members__))
    if prop.kind is Kind.MARKING:
        return Wanted(prop.kind, tuple(Marking.__members__))
    return Wanted(prop.kind, many=prop.kind is Kind.TEXTS)


def read_style(fields: Mapping[str, Spot], given: Style) -> Style:
    """Read how cells are written, upon what is said for the whole feed."""
    style = given
    for word in ("decimal", "thousands"):
        if (spot := fields.get(word)) and (text := spot.text()):
            if len(text) != 1 or text.isalnum() or text == "-":
                spot.complain(f"{text!r} is not a mark of numbers; accepted are ',', '.', ' ' and \"'\"")
            else:
                style = replace(style, decimal=text) if word == "decimal" else replace(style, thousands=text)
    if fields.keys() & {"thousands", "decimal"} and style.decimal == style.thousands:
        (fields.get("decimal") or fields["thousands"]).complain(
            f"decimal and thousands are the same character, {style.decimal!r}; write both, such as decimal: ',' and "
            "thousands: '.'"
        )
    if spot := fields.get("format"):
        for item in spot.items():
            if (text := item.text()) and (fault := format_fault(text)):
                item.complain(f"{text!r} {fault}")
        style = replace(style, formats=spot.texts())
    for word in ("true", "false"):
        if word in fields:
            words = fields[word].texts()
            style = replace(style, true=words) if word == "true" else replace(style, false=words)
    if fields.keys() & {"true", "false"} and (both := sorted({*style.true} & {*style.false})):
        fields["true" if "true" in fields else "false"].complain(f"{both[0]!r} would be true and false")
    if "empty" in fields:
        style = replace(style, empty=style.empty | {*fields["empty"].texts()})
    if spot := fields.get("times"):
        style = replace(style, times=_factor(spot))
    return replace(style, round=fields["round"].flag()) if "round" in fields else style


def _factor(spot: Spot) -> Decimal:
    try:
        factor = Decimal(spot.text() or "1")
    except InvalidOperation:
        factor = Decimal("NaN")
    if not factor.is_finite() or factor == 0:
        spot.complain(f"{spot.shown()} is not a number to multiply with, such as 1000")
        return Decimal(1)
    return factor


def read_value(spot: Spot, want: Wanted, style: Style) -> Value | None:
    """Read a value: the name of a column, or a map. None, with a complaint, if it is wrong."""
    if want.kind is Kind.POINT:
        return read_point(spot, style)
    if not spot.is_map:
        return _column(spot, want, style)
    before = len(spot.book.complaints)
    fields = spot.fields((*ANY, *MORE.get(want.kind, ())))
    sources = [word for word in ("column", "columns", "value") if word in fields]
    if not sources and len(spot.book.complaints) > before:
        return None
    if len(sources) != 1:
        spot.complain("needs one of column, columns and value" if not sources else f"has both {' and '.join(sources)}")
        return None
    if sources == ["value"]:
        return _constant(spot, fields, want, style)
    own = read_style(fields, style)
    read = _reader(want, own)
    cells = Cells(fields[sources[0]].texts(), read, own, many=want.many)
    cells = _shaped(cells, fields, want)
    if want.kind is not Kind.MONEY:
        return cells
    if "currency" not in fields:
        spot.complain("money needs a currency: currency: EUR, or currency: {column: ...}")
        return None
    currency = _currency(fields["currency"], style)
    return None if currency is None else MoneyCells(cells, currency)


def _column(spot: Spot, want: Wanted, style: Style) -> Value | None:
    """Read the name of a column."""
    if spot.is_list:
        spot.complain("is a list; to join columns, write {columns: [a, b], join: ' '}")
        return None
    text = spot.text()
    if not text:
        return None
    if text in want.words:
        spot.complain(
            f"{text!r} stands for a column here, and is one of the values; write {{value: {text}}}, "
            f"or {{column: {text}}} if a column has this name"
        )
        return None
    if want.kind is Kind.MONEY:
        spot.complain(f"money needs a currency; write {{column: {text}, currency: EUR}}")
        return None
    return Cells((text,), _reader(want, style), style, many=want.many)


def _shaped(cells: Cells, fields: Mapping[str, Spot], want: Wanted) -> Cells:
    """Add what is done with the raw cells, and what stands for what."""
    own = cells.style
    for word in ("join", "split"):
        if word in fields:
            # Also a blank is a text to join and to split with.
            fields[word].text()
            text = str(fields[word].node.value)
            cells = replace(cells, join=text) if word == "join" else replace(cells, split=text)
    if "join" in fields and "column" in fields:
        fields["join"].complain("joins several columns; write columns: [a, b]")
    if "take" in fields:
        cells = replace(cells, take=_take(fields["take"]))
    if "values" in fields:
        cells = replace(cells, words=_words(fields["values"], want, own))
    for word in ("otherwise", "default"):
        if word in fields:
            target = _target(fields[word], want, own)
            cells = replace(cells, default=target) if word == "default" else replace(cells, otherwise=target)
    if want.many and cells.default is not None:
        cells = replace(cells, default=[cells.default])
    return cells


def _take(spot: Spot) -> int:
    text = spot.text()
    number = TAKES.get(text, spot.plain())
    if isinstance(number, bool) or not isinstance(number, int) or number == 0:
        spot.complain(f"{spot.shown()} is not accepted; accepted are first, last and the number of a part from 1")
        return 1
    return number


def _words(spot: Spot, want: Wanted, style: Style) -> dict[str, Any]:
    return {str(key.node.value): _target(value, want, style) for key, value in spot.pairs()}


def _target(spot: Spot, want: Wanted, style: Style) -> Any:
    """Read what is written for a value; null is no value."""
    return None if spot.is_null else _literal(spot, want, style)


def _literal(spot: Spot, want: Wanted, style: Style) -> Any:
    """Read a value that stands in the config, which is written without the marks that the cells have."""
    text = spot.text()
    if want.words:
        if text and text not in want.words:
            spot.complain(f"{text!r} is not accepted; {offered(text, want.words)}", nearest(text, want.words))
        return text
    plain = Style(round=style.round)
    try:
        return _reader(replace(want, many=False), plain)(text, plain) if text else None
    except Wrong as wrong:
        spot.complain(wrong.reason, wrong.accepted)
        return None


def _constant(spot: Spot, fields: Mapping[str, Spot], want: Wanted, style: Style) -> Value | None:
    """Read a value that is the same in every record."""
    allowed = {"value", "currency"} if want.kind is Kind.MONEY else {"value"}
    for word in fields.keys() - allowed:
        fields[word].complain(f"has no meaning beside value; the value of {spot.way} is the same in every record")
    if want.many:
        return Constant([_literal(item, want, style) for item in fields["value"].items()])
    value = _literal(fields["value"], want, style)
    if want.kind is Kind.MONEY:
        if "currency" not in fields:
            spot.complain("money needs a currency: currency: EUR")
            return None
        return Constant({"amount": value, "currency": fields["currency"].text()})
    return Constant(value)


def _currency(spot: Spot, style: Style) -> Value | None:
    """Read a currency: its three letters, or a column."""
    if spot.is_map:
        return read_value(spot, TEXT, Style(empty=style.empty))
    text = spot.text()
    if text and not (len(text) == 3 and text.isascii() and text.isupper()):
        spot.complain(f"{text!r} is not a currency such as EUR; for a column write {{column: {text}}}")
        return None
    return Constant(text)


def read_point(spot: Spot, style: Style) -> PointCells | None:
    """Read where a point comes from: two columns, or one."""
    if not spot.is_map:
        columns, fields = spot.texts(), dict[str, Spot]()
    else:
        fields = spot.fields(POINT)
        if ("column" in fields) == ("columns" in fields):
            spot.complain("needs one of column and columns, such as columns: [lat, lon]")
            return None
        columns = (fields.get("columns") or fields["column"]).texts()
    if len(columns) not in (1, 2):
        spot.complain(f"has {len(columns)} columns; a point has two, such as [lat, lon], or one")
        return None
    own = read_style({word: fields[word] for word in ("decimal", "empty") if word in fields}, style)
    if "otherwise" in fields and not fields["otherwise"].is_null:
        fields["otherwise"].complain("a point that cannot be read can only be left out: otherwise: null")
    swapped = "order" in fields and fields["order"].word(ORDERS) == ORDERS[1]
    split = str(fields["split"].node.value) if "split" in fields and fields["split"].text() else ""
    given = {"otherwise": None} if "otherwise" in fields else {}
    return PointCells(columns, own, split, swapped, **given)


def _reader(want: Wanted, style: Style) -> Read:
    """Return what reads one raw value of a kind."""
    if want.words:
        return _choice(want.words)
    match want.kind:
        case Kind.INTEGER | Kind.BIG_INTEGER | Kind.MONEY:
            return whole_of
        case Kind.NUMBER:
            return lambda value, style: float(number_of(value, style))
        case Kind.BOOLEAN:
            return truth_of
        case Kind.WHEN | Kind.END:
            return reader_of(style.formats)
    return lambda value, style: text_of(value)  # noqa: ARG005  # as other readers


def _choice(words: tuple[str, ...]) -> Read:
    def read(value: Any, style: Style) -> str:  # noqa: ARG001  # as other readers
        text = text_of(value)
        if text in words:
            return text
        close = nearest(text, words)
        accepted = tuple(dict.fromkeys((*close, *words)))
        raise Wrong(
            f"{text[:100]!r} is not one of {', '.join(accepted)}; say what it stands for: values: {{...}}", accepted
        )

    return read
