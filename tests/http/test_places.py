"""Places are shared fairly: shares, ranks, turns, refusals only to those over their share, and none lost."""

import asyncio
import random

import pytest

from app.http.clients import Client, Clients
from app.http.held import Held
from app.http.places import Places
from app.start.settings import Settings
from graph.errors import Unavailable

A, B, C = Client("a"), Client("b"), Client("c")


def served(places: Places, *asks: tuple[Client, int]) -> list[str]:
    """Return the keys of clients in the order in which they get a place; each leaves as soon as all others wait."""

    async def main() -> list[str]:
        order: list[str] = []

        async def one(client: Client, rank: int) -> None:
            async with places.place(client, rank):
                order.append(client.key)
                await asyncio.sleep(0.01)

        async with asyncio.TaskGroup() as tasks:
            for client, rank in asks:
                tasks.create_task(one(client, rank))
                await asyncio.sleep(0)
        return order

    return asyncio.run(main())


def test_clients_are_served_in_turn_however_much_one_asks() -> None:
    assert served(Places(1, 1), (A, 0), (A, 0), (A, 0), (A, 0), (B, 0), (C, 0)) == list("aabcaa")


def test_lower_ranks_go_first() -> None:
    assert served(Places(1, 1, 3), (A, 2), (A, 2), (B, 2), (C, 1), (B, 0)) == list("abcab")


def test_a_client_gets_no_more_than_its_share() -> None:
    async def main() -> tuple[int, int]:
        places = Places(8, 2)
        waiting = [asyncio.ensure_future(places.take(A)) for _ in range(5)]
        await asyncio.sleep(0.01)
        of_a = places.taken
        await places.take(B)
        for each in waiting:
            each.cancel()
        return of_a, places.taken

    assert asyncio.run(main()) == (2, 3)


def test_who_is_patient_may_have_many_that_wait_and_each_client_has_its_turn() -> None:
    async def main() -> list[str]:
        places, order = Places(1, 1), list[str]()

        async def one(client: Client) -> None:
            async with places.place(client, patient=True):
                order.append(client.key)
                await asyncio.sleep(0)

        many = [asyncio.ensure_future(one(A)) for _ in range(200)]
        await asyncio.sleep(0)
        await one(B)
        at = order.index("b")
        await asyncio.gather(*many)
        return [*order[:at], str(len(order))]

    assert asyncio.run(main()) == ["a", "a", "201"]


def test_who_waits_longer_than_these_places_allow_is_refused() -> None:
    async def main() -> str:
        places = Places(1, 1, seconds=0.01)
        await places.take(A)
        with pytest.raises(Unavailable) as refused:
            await places.take(B, patient=True)
        return refused.value.message

    assert "busy" in asyncio.run(main())


def test_requests_that_wait_have_room_in_memory() -> None:
    held = Held(100)
    with held.hold(A, 150):
        with pytest.raises(Unavailable), held.hold(A, 1):
            pass
        with held.hold(B, 60), held.hold(B, 40), pytest.raises(Unavailable), held.hold(B, 1):
            pass
    with held.hold(A, 60), held.hold(A, 40):
        pass


def test_who_asks_too_much_is_refused_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.places.WAITING", 2)

    async def main() -> None:
        places = Places(4, 1)
        await places.take(A)
        waiting = [asyncio.ensure_future(places.take(A)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Unavailable, match="one client"):
            await places.take(A)
        await places.take(B)
        for each in waiting:
            each.cancel()

    asyncio.run(main())


def test_a_wait_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.places.WAIT_SECONDS", 0.05)

    async def main() -> None:
        places = Places(1, 1)
        await places.take(A)
        with pytest.raises(Unavailable, match="one client"):
            await places.take(A)
        with pytest.raises(Unavailable, match="busy"):
            await places.take(B)
        places.leave(A)
        await places.take(B)

    asyncio.run(main())


def test_overload_is_a_long_wait_of_somebody_within_his_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.places.OVERLOAD_SECONDS", 0.02)

    async def told(*clients: Client) -> bool:
        places = Places(2, 1)
        waiting = [asyncio.ensure_future(places.take(client)) for client in clients]
        await asyncio.sleep(0.05)
        for each in waiting:
            each.cancel()
        return places.is_overloaded

    assert not asyncio.run(told(A, A, A, A))
    assert asyncio.run(told(A, B, C))


@pytest.mark.parametrize("seed", range(20))
def test_no_place_is_lost_whoever_gives_up(seed: int) -> None:
    """Clients come, wait, leave and are cancelled at random; in the end every place is free and nobody waits."""
    choose = random.Random(seed)

    async def stay(places: Places, client: Client, rank: int, seconds: float) -> None:
        async with places.place(client, rank):
            assert places.taken <= 3
            await asyncio.sleep(seconds)

    async def main() -> Places:
        places = Places(3, 2, 3)
        tasks = []
        for _ in range(150):
            client, rank = choose.choice((A, B, C)), choose.randrange(3)
            tasks.append(asyncio.ensure_future(stay(places, client, rank, choose.random() / 500)))
            if choose.random() < 0.4:
                choose.choice(tasks).cancel()
            if choose.random() < 0.5:
                await asyncio.sleep(choose.random() / 500)
        await asyncio.gather(*tasks, return_exceptions=True)
        return places

    places = asyncio.run(main())
    assert (places.taken, places._taken_by, places._waiting) == (0, {}, {})
    assert not any(places._lines)


def of(peer: str, forwarded: str | None, proxies: str) -> str:
    clients = Clients(Settings(trusted_proxies=proxies).proxies)
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    return clients.address({"type": "http", "client": (peer, 1), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "address"),
    [
        ("192.0.2.1", None, "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1", "198.51.100.7"),
        ("192.0.2.1", "203.0.113.9, 198.51.100.7", "192.0.2.0/24", "198.51.100.7"),
        ("192.0.2.1", "198.51.100.7, 192.0.2.9", "192.0.2.0/24, 10.0.0.0/8", "198.51.100.7"),
        ("198.51.100.7", "203.0.113.9", "192.0.2.0/24", "198.51.100.7"),
        ("192.0.2.1", "nonsense", "192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", None, "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:9:9:9:9", None, "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, "", "192.0.2.1"),
        ("192.0.2.1", "::ffff:198.51.100.7", "192.0.2.1", "198.51.100.7"),
        ("::ffff:192.0.2.1", "198.51.100.7", "192.0.2.1", "198.51.100.7"),
    ],
)
def test_an_address_is_that_of_the_client_and_never_one_that_it_chose(
    peer: str, forwarded: str | None, proxies: str, address: str
) -> None:
    assert of(peer, forwarded, proxies) == address


def test_a_named_viewer_is_one_client_from_everywhere() -> None:
    clients = Clients()
    scopes = [{"type": "http", "client": (host, 1), "headers": []} for host in ("192.0.2.1", "192.0.2.2")]
    assert len({clients.client(scope, "steward") for scope in scopes}) == 1
    assert len({clients.client(scope, None) for scope in scopes}) == 2
