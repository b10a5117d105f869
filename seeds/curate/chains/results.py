"""What came of the chains: outcomes and evaluations. In: a Book with visits, lessons and uses. Out: facts in it."""

from seeds.curate.chains.book import Book, dates, sentences, tail
from seeds.curate.chains.learning import tied_to
from seeds.curate.files import Row

UNTIED = "Only the order in time is stated: no source ties it to a visit or a use."


def add_outcomes(book: Book) -> None:
    """Add the outcomes, each led to by what a source ties it to and by the use that it came of."""
    for row in book.steps("outcome"):
        read, rows = book.read(row["id"]), (row["id"],)
        if merged := read.get("merge"):
            book.made[row["id"]] = list(merged)
            continue
        causes = [*tied_to(book, row), *(book.made[read["of"]] if "of" in read else ())]
        figure = f"{row['value']} {row['unit']}" if row["value"] else ""
        note = sentences(row["note"], figure, "" if causes else UNTIED)
        properties = {"statement": row["statement"], **dates(row["date_edtf"]), "note": note}
        id_ = book.node("Outcome", _id(book, "outcome", row), properties, *rows)
        book.made[row["id"]] = [id_]
        for cause in causes:
            book.relate("LED_TO", cause, id_, rows)


def add_evaluations(book: Book) -> None:
    """Add the evaluations: what they judge, and the aim they judge against if one is stated."""
    for row in book.steps("evaluation"):
        read, rows = book.read(row["id"]), (row["id"],)
        note = sentences(row["note"], f"{row['value']} {row['unit']}" if row["value"] else "")
        properties = {
            "judgement": read["judgement"],
            "judge": read["judge"],
            "evidence": row["statement"],
            **dates(row["date_edtf"]),
            "note": note,
        }
        id_ = book.node("Evaluation", _id(book, "evaluation", row), properties, *rows)
        book.made[row["id"]] = [id_]
        used = [adoption for each in read.get("judges", ()) for adoption in book.made[each]]
        for judged in dict.fromkeys([*tied_to(book, row), *used]):
            book.relate("JUDGES", id_, judged, rows)
        for aim in [*(book.made[read["against"]] if "against" in read else ()), *_aims(book, row)]:
            book.relate("AGAINST", id_, aim, rows)


def _aims(book: Book, row: Row) -> list[str]:
    """Add the aim of a use that an evaluation states and judges against; no visit pursued it."""
    read = book.read(row["id"])
    if "aim" not in read:
        return []
    cities = [book.place(name) for name in read["setBy"]]
    properties = {"statement": read["aim"], "kind": "PRACTICE", "note": "Stated together with the judgement."}
    id_ = book.node("Objective", _id(book, "objective", row), properties, row["id"])
    for city in cities:
        book.relate("SET_BY", id_, city, (row["id"],))
    return [id_]


def add_lags(book: Book) -> None:
    """Add the rows of lags to the uses and outcomes that they end with; the lag itself is computed from the dates."""
    for row in book.steps("lag"):
        own = [each["id"] for each in book.steps("adoption") if each["chain_id"] == row["chain_id"]]
        for id_ in book.made[book.read(row["id"]).get("of", own[-1])]:
            note = sentences(row["statement"], row["note"]) if row["note"].startswith("lag as stated") else ""
            book.extend(id_, note, row["id"])


def _id(book: Book, prefix: str, row: Row) -> str:
    place = book.place(row["to_city"]) or book.chain(row)["holders"][0]
    return book.free(f"{prefix}/{tail(place)}-{tail(book.about(row)[0])}", row["date_edtf"].strip("./")[:4])
