"""The lessons of the chains and their uses. In: a Book with its visits. Out: facts in it.

A lesson or a use is tied to a visit only if `tie` is STATED, and to the programme if it is PROGRAMME.
"""

from seeds.curate.chains.book import Book, dates, sentences, short, tail
from seeds.curate.chains.travel import own_visit, visits_of
from seeds.curate.files import Row


def tied_to(book: Book, row: Row) -> list[str]:
    """Return the visits or the programme that a source ties the row to."""
    if row["tie"] == "STATED":
        return visits_of(book, row)
    return [book.chain(row)["programme"]] if row["tie"] == "PROGRAMME" else []


def add_lessons(book: Book) -> None:
    """Add the lessons: who learned them, from where, about what, and on which visit or in which programme."""
    for row in book.steps("lesson"):
        read, rows = book.read(row["id"]), (row["id"],)
        gained = own_visit(book, row) if read.get("ownVisit") else tied_to(book, row)
        if merged := read.get("merge"):
            book.made[row["id"]] = [merged]
        else:
            told = read.get("lessons", {row["to_city"]: row["statement"]})
            book.made[row["id"]] = [_lesson(book, row, learner, statement) for learner, statement in told.items()]
        for lesson in book.made[row["id"]]:
            for where in gained:
                book.relate("GAINED_ON", lesson, where, rows)


def _lesson(book: Book, row: Row, learner: str, statement: str) -> str:
    read = book.read(row["id"])
    teachers = {name: book.place(name) for name in read.get("from", [row["from_city"]])}
    note = sentences(row["note"], _measured(row, statement))
    properties = {"statement": statement, "distance": "FAR", **dates(row["date_edtf"]), "note": note}
    return _add(book, (learner, teachers), row, properties)


def _add(book: Book, ends: tuple[str, dict[str, str]], row: Row, properties: Row) -> str:
    (learner, teachers), rows, chain = ends, (row["id"],), book.chain(row)
    city = book.place(learner)
    origin = next((short(place) for place in teachers.values() if place), "another-place")
    who = tail(city) or tail(chain["holders"][0])
    plain = f"lesson/{who}-from-{origin}-{tail(book.about(row)[0])}"
    id_ = book.node("Lesson", book.free(plain, row["date_edtf"].strip("./[?")[:4]), properties, *rows)
    if city.startswith("city/"):
        book.relate("LEARNED", city, id_, rows)
    for holder in chain.get("holders", ()):
        book.relate("HELD_BY", id_, holder, rows)
    for name, place in teachers.items():
        if place:
            book.relate("FROM", id_, place, rows, **book.named(name))
    for carrier in chain.get("carriers", ()):
        book.relate("CARRIED_BY", id_, carrier, rows, relation="twin utility")
    for subject in book.about(row):
        book.relate("ABOUT", id_, subject, rows)
    return id_


def add_adoptions(book: Book) -> None:
    """Add the uses: by whom, of which practice, drawing on which lessons, and what a source says led to them."""
    for row in book.steps("adoption"):
        read, rows = book.read(row["id"]), (row["id"],)
        id_ = read.get("merge") or _adoption(book, row)
        book.made[row["id"]] = [id_]
        for cause in tied_to(book, row):
            book.relate("LED_TO", cause, id_, rows)
        if not read.get("merge"):
            for lesson in _drawn_on(book, row):
                book.relate("DREW_ON", id_, lesson, rows)
        if "replaced" in read:
            book.relate("REPLACED", id_, book.made[read["replaced"]][0], rows)


def _adoption(book: Book, row: Row) -> str:
    read, rows, city = book.read(row["id"]), (row["id"],), book.place(row["to_city"])
    practice = book.practice(row)
    plain = f"adoption/{tail(city)}-{tail(book.about(row)[0])}"
    properties = {
        "status": read.get("status", "RUNNING"),
        "localName": read.get("localName"),
        "scale": f"{row['value']} {row['unit']}".strip(),
        **dates(row["date_edtf"]),
        "note": sentences(row["statement"], row["note"]),
    }
    id_ = book.node("Adoption", book.free(plain, row["date_edtf"].strip("./")[:4]), properties, *rows)
    book.relate("MADE", city, id_, rows)
    if practice:
        book.relate("USES", id_, practice, rows)
    return id_


def _drawn_on(book: Book, row: Row) -> list[str]:
    """Return the lessons that a use drew on: those of its chain with the same tie, or one from the model of the host."""
    read = book.read(row["id"])
    if "drewOn" in read:
        return [lesson for id_ in read["drewOn"] for lesson in book.made[id_]]
    if row["tie"] == "MODEL":
        return [_from_model(book, row)]
    if row["tie"] == "NONE":
        return []
    own = [each for each in book.steps("lesson") if (each["chain_id"], each["tie"]) == (row["chain_id"], row["tie"])]
    return [lesson for each in own for lesson in book.made[each["id"]]]


def _from_model(book: Book, row: Row) -> str:
    """Return the undated lesson of a city that followed another's model; no visit is tied to it."""
    key = f"model of {row['chain_id']}"
    if key not in book.made:
        practice = str(book.practice(row))
        name = (book.facts.get(practice) or book.existing[practice])["name"].lower()
        statement = f"{row['to_city']} followed the model of {row['from_city']}: {name}."
        note = "The source names the model, not a visit."
        teachers = {row["from_city"]: book.place(row["from_city"])}
        properties = {"statement": statement, "distance": "FAR", "note": note}
        book.made[key] = [_add(book, (row["to_city"], teachers), {**row, "date_edtf": ""}, properties)]
    return book.made[key][0]


def _measured(row: Row, statement: str) -> str:
    """Return the value and unit of a row, unless its statement has them."""
    return f"{row['value']} {row['unit']}" if row["value"] and row["value"] not in statement else ""
