"""What the measures of learning say of the rows that come with citygraph, beside what the rows themselves say."""

from datetime import date
from itertools import pairwise

from graph.measures.learning.adoption import curve, of_practice, stopped
from graph.measures.learning.basis import Lag
from graph.measures.learning.conversion import conversion, lags
from graph.measures.learning.councils import attendance, cadence
from graph.measures.learning.diffusion import By, exposure, likely, sources
from graph.measures.learning.exchange import Wanted, contacts, exchange, hubs
from graph.measures.learning.mixing import mixing
from graph.measures.learning.silos import lead_and_follow, silo
from tests.measures import learned
from tests.measures.learned import seeds

BUSES, BICYCLES = "practice/bus-rapid-transit", "practice/bike-sharing"
JOHANNESBURG, BOGOTA = "city/za-06-johannesburg", "city/co-34-bogota"
MADE_UP = "council/us-tx-san-antonio-synthetic-agencies"
AGENCY = "organization/us-tx-san-antonio-synthetic-"


def cities() -> list[str]:
    return [fact.id for fact in learned.nodes(seeds(), "City")]


def lag_of(adoption: str) -> Lag:
    found = lags(learned.lessons(seeds()), learned.adoptions(seeds()), learned.outcomes(seeds()))
    return next(each.lag for each in found if each.adoption == adoption)


def test_johannesburg_took_three_years() -> None:
    """It learned in 2006 and opened in 2009."""
    assert lag_of("adoption/za-06-johannesburg-rea-vaya") == Lag(3, 3)


def test_bilbao_took_ten_years_as_a_text_says() -> None:
    assert lag_of("adoption/es-59-bilbao-guggenheim") == Lag(10, 10, stated=True)


def test_who_stopped() -> None:
    """Three uses have ended. Two were replaced by another use of the practice, so only San Antonio stopped."""
    uses = learned.adoptions(seeds())
    ended = [each for each in uses if each.status == "ENDED"]
    assert sorted(len(each.replaced_by) for each in ended) == [0, 1, 1]
    found = [each for use in ended for each in stopped(of_practice(uses, str(use.practice)))]
    assert [(each.city, each.adoptions) for each in found] == [
        ("city/us-tx-san-antonio", ("adoption/us-tx-san-antonio-synthetic-river-card",)),
    ]  # fmt: skip
    assert found[0].ended
    assert found[0].ended.latest == date(2022, 6, 30)
    years = curve(of_practice(uses, "practice/citizen-card")).years
    assert [(each.year, each.stopped) for each in years if each.stopped] == [(2022, 1)]
    bicycles = {each.year: each.stopped for each in curve(of_practice(uses, BICYCLES)).years}
    assert not any(bicycles.values()), "Washington went on with other bicycles"


def test_the_councils_of_san_antonio_are_monthly() -> None:
    """Of the real one no meeting is known. The made-up one missed December and April, of October to April."""
    view = seeds()
    real = view.world.nodes["council/us-tx-san-antonio-cio-council"]
    assert real.values["rhythm"] == "MONTHLY"
    nothing = cadence(learned.meetings(view, real.id), "MONTHLY")
    assert (nothing.held, nothing.share_held, nothing.periods, nothing.empty) == (0, None, 0, ())
    found = cadence(learned.meetings(view, MADE_UP), "MONTHLY")
    assert (found.held, found.missed, found.planned, found.periods) == (5, 2, 1, 7)
    assert found.empty == ("2023-12", "2024-04")
    days = [date(2023, 10, 3), date(2023, 11, 7), date(2024, 1, 9), date(2024, 2, 6), date(2024, 3, 5)]
    assert found.gaps == tuple((later - earlier).days for earlier, later in pairwise(days))
    assert cadence(learned.meetings(view, MADE_UP), "MONTHLY", last=date(2024, 5, 31)).empty == (
        "2023-12", "2024-04", "2024-05",
    )  # fmt: skip


def test_schools_came_to_two_of_the_meetings_that_they_could_attend() -> None:
    """They have a seat since February 2024: the meetings of February and March."""
    view = seeds()
    found = {each.who: each for each in attendance(learned.meetings(view, MADE_UP), learned.seats(view, MADE_UP))}
    schools = found[AGENCY + "schools"]
    assert (schools.meetings, schools.attended, schools.as_guest) == (2, 2, 0)
    members = {name for name, each in found.items() if each.meetings == 5}
    assert len(members) == 8
    assert members < {name for name in found if name.startswith(AGENCY)}
    assert found["person/us-tx-san-antonio-synthetic-mayor-2"].as_guest == 1


def test_the_river_authority_led_until_april() -> None:
    """It led the county in the flood messages, which the county leads since May; the county led all others then."""
    view = seeds()
    in_march, in_june = (lead_and_follow(learned.projects(view), date(2024, month, 15)) for month in (3, 6))
    river, county = AGENCY + "river", AGENCY + "county"

    def led(found: object, leader: str, follower: str) -> int:
        assert isinstance(found, type(in_march))
        ids = found.organizations
        return found.counts[ids.index(leader)][ids.index(follower)] if {leader, follower} <= {*ids} else 0

    assert (led(in_march, river, county), led(in_march, county, river)) == (1, 0)
    assert led(in_june, river, county) == 0
    assert led(in_june, county, AGENCY + "schools") == 1
    years = [silo(learned.projects(view), date(year, 12, 31)) for year in (2023, 2024)]
    assert [(each.alone, each.joint) for each in years] == [(0, 1), (0, 3)]


def test_the_network_of_real_visits() -> None:
    """Seattle leads it. Counts are those of the rows, by their relationships."""
    view = seeds()
    found = exchange(learned.visits(view), cities())
    held = [fact for fact in learned.nodes(view, "Visit") if fact.values["status"] == "HELD"]
    made = sum(any(far.id == "city/us-wa-seattle" for far, _ in learned.met(view, fact, "MadeBy")) for fact in held)
    seattle = next(each for each in found.cities if each.city == "city/us-wa-seattle")
    assert seattle.made == made > 20
    assert found.basis.given == len(learned.visits(view))
    assert {each.why: each.rows for each in found.basis.left_out}["of another status"] == 9
    assert hubs(found, 1) == (seattle,)
    assert sum(each.visits for each in found.years) + found.without_year == found.basis.used


def test_who_visited_in_the_years_of_bogota() -> None:
    """Johannesburg travelled to Bogota and Pereira in 2007: two legs of one visit."""
    found = exchange(learned.visits(seeds()), cities(), Wanted(2007, 2007, BUSES))
    assert {(each.visitor, each.host) for each in found.legs} >= {
        (JOHANNESBURG, BOGOTA), (JOHANNESBURG, "city/co-24-pereira"),
    }  # fmt: skip
    assert {each.year for each in found.years} == {2007}


def test_sizes_mix() -> None:
    sizes = {fact.id: fact.values.get("sizeClass") for fact in learned.nodes(seeds(), "City")}
    found = mixing(exchange(learned.visits(seeds()), cities()), sizes, shuffles=0)
    assert set(found.groups) <= {"MEGA", "LARGE", "MEDIUM", "SMALL", "TOWN"}
    assert sum(map(sum, found.counts)) == found.basis.used == found.internal + found.external
    assert found.assortativity is not None
    incomes = mixing(exchange(learned.visits(seeds()), cities()), {})
    assert (incomes.index, incomes.assortativity, incomes.basis.used) == (None, None, 0), "no row has an income group"


def test_bus_rapid_transit_spread_from_curitiba() -> None:
    """Bogota drew on Curitiba, and Johannesburg on Bogota: second-hand, two steps away."""
    view = seeds()
    uses = of_practice(learned.adoptions(view), BUSES)
    found = sources(uses, learned.lessons(view), learned.visits(view))
    links = {(each.source, each.adopter, each.by): each for each in found.links}
    first = links["city/br-18-curitiba", BOGOTA, By.LESSON]
    second = links[BOGOTA, JOHANNESBURG, By.LESSON]
    assert (first.second_hand, first.steps) == (False, 1)
    assert (second.second_hand, second.steps, second.lag) == (True, 2, Lag(3, 3))
    by_visit = links[BOGOTA, JOHANNESBURG, By.VISIT]
    assert by_visit.lag == Lag(2, 2), "the visit was in 2007"
    guesses = likely(found, uses, contacts(learned.visits(view), cities()), BUSES)
    assert not {(each.source, each.adopter) for each in guesses} & {(each.source, each.adopter) for each in found.links}
    assert {each.confidence for each in guesses} <= {"INFERRED"}
    years = curve(uses).years
    assert all(one.ever_fewest <= other.ever_fewest for one, other in pairwise(years))
    assert years[0].year < 1975
    assert years[-1].ever_fewest > 100
    exposed = {each.city: each for each in exposure(uses, contacts(learned.visits(view), cities()), 2020).cities}
    assert exposed[JOHANNESBURG].share == 1.0, "it had visited Bogota and Pereira, which both ran buses before 2009"


def test_conversion_of_the_seeds_adds_up() -> None:
    view = seeds()
    found = conversion(learned.lessons(view), learned.adoptions(view), learned.outcomes(view), 2026)
    drawn = {far.id for fact in learned.nodes(view, "Adoption") if fact.values["status"] != "PROPOSED"
             for far, _ in learned.met(view, fact, "DrewOn")}  # fmt: skip
    assert found.used == len(drawn)
    seen = [fact for fact in learned.nodes(view, "Lesson") if learned.met(view, fact, "Learned", starting=False)]
    assert found.lessons == found.basis.used == len(seen) > 100
    assert 0 < found.with_result < found.used < found.lessons
    assert found.used + found.too_young + found.undated <= found.lessons
