"""The form of keys, how they are compared, and how they end; without a database."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.http.clients import Clients
from app.http.places import Places
from app.http.viewing import Viewing
from app.viewers.stored import StoredKeys, grant_of, key_of, stored_grant, stored_key
from app.viewers.tokens import EVERYBODY, Viewers
from graph.access import api_keys
from graph.access.api_keys import ApiKey, Scope, is_valid, new_key, read_token
from graph.access.grants import Grant, Role
from graph.access.rights import Rights
from graph.bolt.read import Note, Reader, ignore
from graph.errors import TimedOut, Unauthenticated, Unavailable

ISSUED = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
EXPIRES = ISSUED + timedelta(days=90)
SECOND = timedelta(seconds=1)
SCOPE: dict[str, Any] = {"type": "http", "client": ("192.0.2.1", 5000), "headers": []}


def stored(text: str, scope: Scope | None = None, owner: str = "anna") -> ApiKey:
    token = read_token(text)
    assert token
    return ApiKey(token.id, owner, token.digest, scope or Scope(), ISSUED, EXPIRES)


def test_a_key_has_a_readable_beginning_and_256_random_bits() -> None:
    made = {new_key() for _ in range(100)}
    assert len(made) == 100
    for text in made:
        assert re.fullmatch(r"cg_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", text), "43 characters of base64 hold 256 bits"


def test_the_digest_is_the_sha256_of_the_whole_key_and_is_not_shown() -> None:
    text = new_key()
    token = read_token(text)
    assert token
    assert token.digest == hashlib.sha256(text.encode()).hexdigest()
    assert token.digest not in repr(token) + repr(stored(text))
    assert text not in repr(token) + repr(stored(text))


@pytest.mark.parametrize(
    "text",
    [
        *("", "cg_", "cg_0123456789ab_short", "x" * 59),
        *("cg_0123456789AB_" + "a" * 43, "CG_0123456789ab_" + "a" * 43),
        *("cg_0123456789ab_" + "a" * 44, "cg_0123456789ab_" + "ä" * 43, "cg_0123456789ab_" + "a" * 43 + "\n"),
    ],
)
def test_what_has_not_the_form_of_a_key_is_none(text: str) -> None:
    assert read_token(text) is None


def test_a_key_holds_until_the_moment_of_its_expiry_and_until_it_is_revoked() -> None:
    text = new_key()
    token, key = read_token(text), stored(text)
    assert token
    assert is_valid(token, key, ISSUED)
    assert is_valid(token, key, EXPIRES - SECOND)
    assert not is_valid(token, key, EXPIRES)
    assert not is_valid(token, key, EXPIRES + SECOND)
    revoked = replace(key, revoked=ISSUED + SECOND)
    assert not is_valid(token, revoked, ISSUED)
    assert (key.ended(ISSUED), key.ended(EXPIRES), revoked.ended(EXPIRES)) == (None, "expired", "revoked")


def test_digests_are_compared_in_constant_time_for_unknown_keys_too(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []

    def noting(one: str, other: str) -> bool:
        compared.append((one, other))
        return hmac.compare_digest(one, other)

    text = new_key()
    key, own, other = stored(text), read_token(text), read_token(text[:-1] + ("a" if text[-1] != "a" else "b"))
    assert own
    assert other
    assert own.id == other.id
    monkeypatch.setattr(api_keys, "hmac", type("Hmac", (), {"compare_digest": staticmethod(noting)}))
    assert is_valid(own, key, ISSUED)
    assert not is_valid(other, key, ISSUED)
    assert not is_valid(own, None, ISSUED)
    assert compared == [(own.digest, key.digest), (other.digest, key.digest), (own.digest, "0" * 64)]


def test_what_is_stored_is_read_back() -> None:
    scope = Scope(frozenset({"city/bb", "city/aa"}), frozenset({"Visit"}), read_only=True, red=True)
    for key in (stored(new_key(), scope), stored(new_key()), stored(new_key(), Scope(frozenset(), frozenset()))):
        assert key_of({name: value for name, value in stored_key(key).items() if value is not None}) == key
    for concepts in (None, frozenset({"Visit"})):
        grant = Grant("1", "anna", Role.EDITOR, "city/aa", concepts, ISSUED, "operator")
        assert grant_of({name: value for name, value in stored_grant(grant).items() if value is not None}) == grant


class Kept(Reader):
    """A reader that has some keys, whose owner has no grant. It notes what it is asked, and raises what it is told to."""

    def __init__(self, asked: list[str], known: Iterable[ApiKey] = (), failure: Exception | None = None) -> None:
        object.__setattr__(self, "_kept", (asked, {key.id: stored_key(key) for key in known}, failure))

    async def value(self, text: str, parameters: dict[str, Any], name: str, note: Note = ignore) -> Any:
        asked, known, failure = self._kept  # type: ignore[attr-defined]  # a reader is frozen, so it is set otherwise
        asked.append(parameters["q"]["id"])
        await asyncio.sleep(0)
        if failure:
            raise failure
        key = known.get(parameters["q"]["id"], {})
        return {"key": {name: each for name, each in key.items() if each is not None} or None, "grants": []}


def served(reader: Reader, places: Places, now: datetime = ISSUED) -> Viewing:
    return Viewing(Viewers("local", (), StoredKeys(reader, lambda: now)), Clients(), places)


def test_everybody_and_the_local_token_need_no_database(runner: asyncio.Runner) -> None:
    asked: list[str] = []
    viewing = served(Kept(asked, failure=Unavailable("away")), Places(1, 1, 3))
    viewer, client = runner.run(viewing.viewer(SCOPE, None))
    assert (viewer, client.key, client.named) == (EVERYBODY, "192.0.2.1", False)
    viewer, client = runner.run(viewing.viewer(SCOPE, "bearer local"))
    assert (viewer.actor, client.key, client.named) == ("steward", "steward", True)
    assert viewer.edits.may_write("Visit", ("city/aa",))
    assert asked == []


def test_expired_revoked_unknown_and_malformed_keys_get_one_answer(runner: asyncio.Runner) -> None:
    text = new_key()
    key = stored(text)
    revoked = replace(key, revoked=ISSUED)
    wrong_secret = text[:17] + new_key()[17:]
    cases = [
        (text, [key], EXPIRES),
        (text, [revoked], ISSUED),
        (text, [], ISSUED),
        (wrong_secret, [key], ISSUED),
        (text[:-1], [key], ISSUED),
        ("anything", [key], ISSUED),
        ("", [key], ISSUED),
    ]
    said = set()
    for given, known, now in cases:
        viewing = served(Kept([], known), Places(1, 1, 3), now)
        with pytest.raises(Unauthenticated) as refused:
            runner.run(viewing.viewer(SCOPE, f"Bearer {given}"))
        said.add(str(refused.value.as_dict()))
    with pytest.raises(Unauthenticated) as refused:
        runner.run(served(Kept([], [key]), Places(1, 1, 3)).viewer(SCOPE, f"Basic {text}"))
    assert said == {str(refused.value.as_dict())}
    good, _ = runner.run(served(Kept([], [key]), Places(1, 1, 3)).viewer(SCOPE, f"Bearer {text}"))
    assert (good.actor, good.rights) == (f"key/{key.id}", Rights(0, ()))


@pytest.mark.parametrize("failure", [Unavailable("away"), TimedOut("late")], ids=["away", "late"])
def test_without_the_database_nobody_becomes_anonymous(runner: asyncio.Runner, failure: Exception) -> None:
    viewing = served(Kept([], failure=failure), Places(1, 1, 3))
    with pytest.raises(Unavailable):
        runner.run(viewing.viewer(SCOPE, f"Bearer {new_key()}"))


def test_an_unknown_key_costs_one_look_and_a_malformed_one_none(runner: asyncio.Runner) -> None:
    asked: list[str] = []
    viewing = served(Kept(asked), Places(1, 1, 3))
    for given in (new_key(), "cg_no-key"):
        with pytest.raises(Unauthenticated):
            runner.run(viewing.viewer(SCOPE, f"Bearer {given}"))
    assert len(asked) == 1


def test_unknown_keys_have_the_share_of_their_address_and_a_known_key_does_not_wait_for_them(
    runner: asyncio.Runner,
) -> None:
    text, asked = new_key(), list[str]()
    places = Places(4, 2, 3)
    viewing = served(Kept(asked, [stored(text)]), places)
    most = 0

    async def unknown() -> bool:
        nonlocal most
        try:
            await viewing.viewer(SCOPE, f"Bearer {new_key()}")
        except Unauthenticated:
            return True
        except Unavailable:
            return False
        finally:
            most = max(most, places.taken)
        raise AssertionError("an unknown key is refused")

    async def flood() -> tuple[int, str]:
        await viewing.viewer(SCOPE, f"Bearer {text}")
        guesses = [asyncio.ensure_future(unknown()) for _ in range(100)]
        await asyncio.sleep(0)
        asked.clear()
        _, client = await viewing.viewer(SCOPE, f"Bearer {text}")
        before = len(asked)
        return before, f"{client.key} {sum(await asyncio.gather(*guesses))}"

    before, rest = runner.run(flood())
    assert before <= 4, "the known key was looked up at once"
    assert rest == "anna 34", "2 had places, 32 waited, and the others were refused"
    assert most <= 2 + 1


def test_many_requests_with_one_key_are_all_looked_up_even_if_it_is_new(runner: asyncio.Runner) -> None:
    text, asked = new_key(), list[str]()
    viewing = served(Kept(asked, [stored(text)]), Places(4, 2, 3))

    async def all_at_once() -> list[str]:
        viewers = await asyncio.gather(*(viewing.viewer(SCOPE, f"Bearer {text}") for _ in range(200)))
        return [client.key for _, client in viewers]

    assert runner.run(all_at_once()) == ["anna"] * 200
    assert len(asked) == 200, "each request reads the key"


def test_many_requests_with_one_unknown_key_have_the_share_of_their_address(runner: asyncio.Runner) -> None:
    asked, text = list[str](), new_key()
    viewing = served(Kept(asked), Places(4, 2, 3))

    async def all_at_once() -> list[BaseException]:
        tries = (viewing.viewer(SCOPE, f"Bearer {text}") for _ in range(200))
        return [
            each for each in await asyncio.gather(*tries, return_exceptions=True) if isinstance(each, BaseException)
        ]

    refused = runner.run(all_at_once())
    assert len(refused) == 200
    assert len(asked) < 50, "the others were told that they are too many"


def test_what_is_remembered_of_a_key_opens_nothing(runner: asyncio.Runner) -> None:
    text = new_key()
    key, asked = stored(text), list[str]()
    viewing = served(Kept(asked, [key]), Places(1, 1, 3))
    runner.run(viewing.viewer(SCOPE, f"Bearer {text}"))
    late = replace(viewing, viewers=replace(viewing.viewers, keys=StoredKeys(Kept(asked), lambda: ISSUED)))
    with pytest.raises(Unauthenticated):
        runner.run(late.viewer(SCOPE, f"Bearer {text}"))
    assert len(asked) == 2
