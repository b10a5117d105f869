"""The visits of the chains: who travelled where, organized and paid by whom, for what. In: a Book. Out: facts in it."""

from seeds.curate.chains.book import Book, dates, sentences, short, tail
from seeds.curate.files import Row

SERIES = ("VISIT_SERIES", "LEARNING")
"""Kinds of programmes whose visits are editions."""

NOT_EDITIONS = ("programme/new-orleans-dutch-dialogues",)
BEHIND = {"Netherlands": "the Netherlands"}


def visits_of(book: Book, row: Row) -> list[str]:
    """Return the visits of a row's chain that the row is about; the curation tells which, if there are several."""
    wanted = book.read(row["id"]).get("visit")
    if wanted is not None:
        return book.made[wanted] if wanted else []
    own = [each["id"] for each in book.steps("visit") if each["chain_id"] == row["chain_id"]]
    if len(own) > 1:
        raise ValueError(f"chains.json must say which visit {row['id']} is about")
    return book.made[own[0]] if own else []


def add_visits(book: Book) -> None:
    """Add the visits, their ends, topics and programmes."""
    for row in book.steps("visit"):
        read = book.read(row["id"])
        if merged := read.get("merge"):
            book.made[row["id"]] = [merged]
            continue
        stops = read.get("visits", [read.get("hosts", row["from_city"].split(" + "))])
        visitors = read.get("visitors", row["to_city"].split(" + "))
        book.made[row["id"]] = [_visit(book, row, visitors, hosts) for hosts in stops]


def own_visit(book: Book, row: Row) -> list[str]:
    """Add the earlier visit that the row of a lesson speaks of."""
    return [_visit(book, row, [row["to_city"]], [row["from_city"]])]


def _visit(book: Book, row: Row, visitors: list[str], hosts: list[str]) -> str:
    read, when = book.read(row["id"]), dates(row["date_edtf"], travel=True)
    made_by, hosted_by = [book.place(name) for name in visitors], [book.place(name) for name in hosts]
    year = when.get("since", "")[:4]
    year = year if year.isdigit() else ""
    _refuse_double(book, row, made_by, hosted_by, year)
    plain = f"visit/{tail(made_by[0])}-{year}-{short(hosted_by[0])}".replace("--", "-") + ("" if year else "-undated")
    properties = {
        "title": f"Visit of {_names(visitors)} to {_names(hosts)}",
        "kind": read.get("kind", book.chain(row).get("kind", "STUDY_TOUR")),
        "status": read.get("status", "HELD"),
        **when,
        "note": sentences(row["statement"], row["note"], read.get("note", "")),
    }
    rows = (row["id"], *([read["confirmed"]] if "confirmed" in read else []))
    id_ = book.node("Visit", book.free(plain, when["since"][5:7] if year else ""), properties, *rows)
    for name, place in zip(visitors, made_by, strict=True):
        book.relate("MADE_BY", id_, place, (row["id"],), since=when.get("since"), **book.named(name))
    for stop, (name, place) in enumerate(zip(hosts, hosted_by, strict=True), start=1):
        number = {"stop": stop} if read.get("ordered") else {}
        book.relate("HOSTED_BY", id_, place, (row["id"],), since=when.get("since"), **number, **book.named(name))
    for subject in book.about(row):
        book.relate("ABOUT", id_, subject, (row["id"],))
    programme = book.chain(row).get("programme", "")
    if programme and programme not in NOT_EDITIONS and _kind(book, programme) in SERIES:
        book.relate("EDITION_OF", id_, programme, (row["id"],))
    return id_


def _refuse_double(book: Book, row: Row, visitors: list[str], hosts: list[str], year: str) -> None:
    """Raise ValueError if another file has a visit of these places in that year."""
    for fact in book.existing.values():
        if fact.get("label") == "Visit" and year and str(fact.get("since", "")).startswith(year):
            ends = [
                {key[2] for key in book.existing if key[:2] == (type_, fact["id"])}
                for type_ in ("MADE_BY", "HOSTED_BY")
            ]
            if ends[0] & set(visitors) and ends[1] & set(hosts):
                raise ValueError(f"chains.json must say that {row['id']} is merged with {fact['id']}")


def _kind(book: Book, programme: str) -> str:
    return str((book.facts.get(programme) or book.existing[programme])["kind"])


def _names(names: list[str]) -> str:
    plain = [BEHIND.get(name, name.split(" (")[0]) for name in names]
    return " and ".join((", ".join(plain[:-1]), plain[-1])) if len(plain) > 1 else plain[0]


def add_bodies(book: Book) -> None:
    """Add who organized the visits and programmes, and who paid; a row that names nobody adds to the note of the visit."""
    for row in (*book.steps("organizer"), *book.steps("cost")):
        read = book.read(row["id"])
        rows = (row["id"],)
        if "metric" in read:
            continue
        targets = [read["on"]] if "on" in read else visits_of(book, row)
        for target in targets:
            for body in read.get("organizers", ()):
                book.relate("ORGANIZED", body, target, rows, note=sentences(row["statement"], row["note"]))
            if "sponsor" in read:
                paid = {"paid": {"amount": read["amount"], "currency": "USD"}} if "amount" in read else {}
                note = sentences(row["statement"], row["note"])
                book.relate("SPONSORED", read["sponsor"], target, rows, **paid, note=note)
            if read.get("edition"):
                book.relate("EDITION_OF", target, book.chain(row)["programme"], rows)
            elif not {"organizers", "sponsor"} & set(read):
                book.extend(target, sentences(row["statement"], row["note"]), *rows)


def add_delegates(book: Book) -> None:
    """Add the number of delegates to the visits."""
    for row in book.steps("delegate_count"):
        for visit in visits_of(book, row):
            note = sentences(row["statement"], row["note"])
            book.extend(visit, note, row["id"], delegates=int(row["value"]))


def add_objectives(book: Book) -> None:
    """Add what cities wanted, by whom it was set, and the visit that pursued it."""
    for row in book.steps("objective"):
        read, rows = book.read(row["id"]), (row["id"],)
        setters = [book.place(name) for name in read.get("setBy", row["to_city"].split(" + "))]
        id_ = book.free(f"objective/{tail(setters[0])}-{tail(book.about(row)[0])}", row["date_edtf"][:4])
        properties = {"statement": row["statement"], "kind": read.get("kind", "PRACTICE"), **dates(row["date_edtf"])}
        book.made[row["id"]] = [book.node("Objective", id_, {**properties, "note": sentences(row["note"])}, *rows)]
        for setter in setters:
            if setter.startswith("city/"):
                book.relate("SET_BY", id_, setter, rows)
        for visit in visits_of(book, row):
            book.relate("PURSUED", visit, id_, rows)


def add_costs(book: Book) -> None:
    """Add sums of money that are no cost of a visit of these chains as measurements."""
    for row in book.steps("cost"):
        read, rows = book.read(row["id"]), (row["id"],)
        if "metric" not in read:
            continue
        id_ = book.free(f"measurement/{tail(read['metric'])}-{row['date_edtf'].strip('./')[:4]}")
        properties = {"value": float(row["value"]), "role": read.get("role", "ACTUAL"), **dates(row["date_edtf"])}
        book.made[row["id"]] = [id_]
        book.node("Measurement", id_, {**properties, "note": sentences(row["statement"], row["note"])}, *rows)
        book.relate("OF_METRIC", id_, read["metric"], rows)
        for target in book.made.get(read["on"], [read["on"]]):
            book.relate("TAKEN_ON", id_, target, rows)
