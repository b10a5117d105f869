"""A cloud too large for SVG: every person has a place, every tie its word, and nobody moves between waves."""

import itertools
import math
import random

import orjson
import pytest

from graph.figures.growth import Change, compared
from graph.figures.large import large
from graph.figures.people import Cloud, Person, Tie, Wave, Way


def cloud_of(people: int, ties: int, seed: int = 1, size: int = 50) -> Cloud:
    """Make a cloud of communities of so many people in two waves; some are listed in one wave only."""
    chance = random.Random(seed)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties:
        one = chance.randrange(people)
        other = one // size * size + chance.randrange(size) if chance.random() < 0.9 else chance.randrange(people)
        if one != other and other < people:
            pairs.add((min(one, other), max(one, other)))
    ways = [Tie(f"p{one:05}", f"p{other:05}", chance.choice([Way.ONE_WAY, Way.MUTUAL])) for one, other in sorted(pairs)]
    ids = [f"p{at:05}" for at in range(people)]
    first = tuple(tie for at, tie in enumerate(ways) if at % 10)
    second = tuple(tie for at, tie in enumerate(ways) if at % 7)
    waves = (
        Wave("One", first, invited=people, replies=people),
        Wave("Two", second, tuple(ids), tuple(ids[: people // 2])),
    )
    made = tuple(Person(id_, f"Person {id_}", "ABC"[at % 3], at // size) for at, id_ in enumerate(ids))
    return Cloud("Large", made, waves, "TRUSTS: as stated", synthetic=True)


def test_people_ties_and_changes_are_those_of_the_cloud() -> None:
    given = cloud_of(120, 400)
    found = orjson.loads(large(given))
    assert [each["id"] for each in found["people"]] == [person.id for person in given.people]
    for wave, said in zip(given.waves, found["waves"], strict=True):
        ties = {(given.people[a].id, given.people[b].id, found["ways"][way]) for a, b, way in said["ties"]}
        assert ties == {(tie.start, tie.end, tie.way.name.lower()) for tie in wave.ties}
    assert found["waves"][0]["changes"] is None
    changes = {
        (given.people[a].id, given.people[b].id): Change[found["changes"][word].upper()]
        for a, b, word in found["waves"][1]["changes"]
    }
    assert changes == dict(compared(given, 0, 1).changes)
    assert {"new", "kept", "lost"} <= {each.name.lower() for each in changes.values()}
    assert "Synthetic: made up, and true of nobody." in found["waves"][0]["caption"]
    assert "Response rate: 100% (120 of 120)." in found["waves"][0]["caption"]


def test_those_who_trust_each_other_stand_nearer_than_others() -> None:
    found = orjson.loads(large(cloud_of(600, 4_000)))
    at = [(each["x"], each["y"]) for each in found["people"]]
    tied = [math.dist(at[a], at[b]) for a, b, _ in found["waves"][0]["ties"]]
    chance = random.Random(2)
    others = [math.dist(*chance.sample(at, 2)) for _ in range(2_000)]
    assert sum(tied) / len(tied) < 0.6 * sum(others) / len(others)


def test_the_same_cloud_gives_the_same_bytes_and_another_seed_other_places() -> None:
    given = cloud_of(80, 200)
    random.seed(5)
    first = large(given)
    random.seed(6)
    assert large(given) == first
    assert large(given, seed=2) != first


@pytest.mark.parametrize("people", [0, 1, 2])
def test_small_clouds(people: int) -> None:
    made = tuple(Person(f"p{at}", "Somebody") for at in range(people))
    ties = tuple(Tie(*pair) for pair in itertools.combinations((each.id for each in made), 2))
    found = orjson.loads(large(Cloud("Small", made, (Wave("One", ties),), "A rule")))
    assert len(found["people"]) == people
    assert all(math.isfinite(each["x"]) and math.isfinite(each["y"]) for each in found["people"])
