"""Certain and possible: how many facts hold on a day for sure, and how many may. The rows are those of `worlds/certain.jsonl`."""

from typing import Any

import pytest

from tests.conftest import Asker

SEATS = """{ council(id: "council/certain-0", asOf: "%s") {
  size { certain possible } members { totalCount certainCount } } }"""


@pytest.mark.parametrize(
    ("day", "certain", "possible", "stated"),
    [
        ("2009", 0, 1, 0),
        ("2011", 1, 4, 0),
        ("2012-06-30", 1, 4, 0),
        ("2012-12-31", 2, 4, 0),
        ("2014", 2, 4, 3),
        ("2015-05-31", 2, 4, 3),
        ("2015-06-01", 1, 3, 3),
        ("2016", 1, 3, 3),
        ("2018-06-30", 1, 3, 2),
        ("2018-07-01", 0, 3, 2),
        ("2030", 0, 3, 2),
    ],
)
def test_members_are_certain_or_possible(data: Any, day: str, certain: int, possible: int, stated: int) -> None:
    """Four organizations sit on the council.

    0: from 2010 to 31 May 2015, so certain from the end of 2010. 1: from some day in 2010 to 2012, last seen on 30 June 2018.
    2: since about 2011, never seen again. 3: without any date. Sources state 3 members in 2013, 2 in 2018, and 40 at no time.
    """
    council = data(SEATS % day)["council"]
    assert council["members"] == {"totalCount": possible, "certainCount": certain}
    assert council["size"] == {"certain": max(certain, stated), "possible": max(possible, stated)}


def test_the_council_of_san_antonio_had_between_five_and_eight_members_in_2018(data: Any) -> None:
    """A core group of five, in 2017, grew to the eight who are named, by July 2019; which five is not told."""
    text = """{ council(id: "council/us-tx-san-antonio-cio-council", asOf: "%s") {
      size { certain possible } members { totalCount } } }"""
    assert data(text % "2018")["council"] == {"size": {"certain": 5, "possible": 8}, "members": {"totalCount": 8}}
    assert data(text % "2019-08")["council"]["size"] == {"certain": 8, "possible": 8}


def test_what_happened_stays_certain_once_it_has_begun(data: Any) -> None:
    """The host was visited in 1988, with two stops, and in 1989. The visits state their year alone, and their stops no date."""
    text = """{ organization(id: "organization/lang-host", asOf: "%s") { visitsHosted { totalCount certainCount } }
      visits(asOf: "%s", where: {id: {in: ["visit/lang-1", "visit/lang-2"]}}) { totalCount certainCount } }"""
    for day, possible, certain in ("1988-06-01", 1, 0), ("1988-12-31", 1, 1), ("1989-06-01", 2, 1), ("2020", 2, 2):
        found = data(text % (day, day))
        assert found["visits"] == {"totalCount": possible, "certainCount": certain}
        stops = {"totalCount": possible + 1, "certainCount": certain + 1 if certain else 0}
        assert found["organization"]["visitsHosted"] == stops


@pytest.mark.parametrize(
    "text",
    [
        "{ visits { certainCount } }",
        'query ($day: Edtf) { organization(id: "organization/lang-host", asOf: $day) { visitsHosted { certainCount } } }',
        '{ council(id: "council/certain-0") { size { certain } } }',
    ],
)
def test_certainty_needs_a_day(offline: Asker, text: str) -> None:
    (error,) = offline(text, {}, "anonymous").errors
    assert "give `asOf` on the root field" in error.as_dict()["message"]
