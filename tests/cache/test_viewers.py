"""A kept answer is never that of another viewer, and facts that a viewer may not see change no byte of what he gets."""

from collections.abc import Callable

import httpx
import pytest

from graph.access.rights import Rights
from graph.question.engine import Question
from seeds import QUESTIONS
from tests.cache.conftest import MOST, PRACTICE, STEWARD, TOPIC, ask, kept, look_again, looked, practice, under
from tests.events.log import AMBER, Log
from tests.http.running import Running
from tests.kit.family import Family, families
from tests.kit.paths import DOCUMENTS

SAME = families(QUESTIONS)[::6] + families(DOCUMENTS / "language")[::12]
"""What different viewers ask one after the other."""
OK = 200
SEATTLE = {"marking": "AMBER", "holders": ["city/us-wa-seattle"]}
NARROWER = f'{{ topic(id: "{TOPIC}") {{ narrower {{ totalCount nodes {{ id name }} edges {{ note }} }} }} }}'
IDS = ", ".join(f'"{PRACTICE % at}"' for at in range(6))
SUMMARIES = f"{{ nodes(ids: [{IDS}]) {{ id ... on Practice {{ summary }} }} }}"


class Shared(AssertionError):
    """Two viewers got one answer."""


def response(server: Running, family: Family, headers: dict[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return all that a client gets, without the time."""
    got: httpx.Response = server.ask(family.text, variables=family.variables, headers=headers)
    return got.status_code, [(name, value) for name, value in got.headers.items() if name != "date"], got.content


def compare(server: Running, other: Running, some: list[Family]) -> int:
    """Ask for two viewers in turn, twice; raise Shared if an answer is not that of a server that keeps nothing."""
    for family in some:
        expected = [response(other, family, headers) for headers in ({}, STEWARD)]
        for _ in range(2):
            for headers, wanted in zip(({}, STEWARD), expected, strict=True):
                got = response(server, family, headers)
                # On a busy machine a question may take too long for one of the two.
                if got != wanted and got[0] == wanted[0] == OK:
                    raise Shared(family.name)
    return kept(server).hits


def test_viewers_who_ask_the_same_get_their_own_answers(server: Running, running: Callable[..., Running]) -> None:
    found = compare(server, running(answer_cache=0), SAME)
    assert found >= len(SAME), "most second answers come from what is kept"


def test_a_key_without_the_rights_is_found(
    server: Running, running: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(question: Question, _rights: Rights) -> tuple[str, str, bytes]:
        return question.text, question.operation_name or "", repr(question.variables).encode()

    monkeypatch.setattr("app.http.answering.key_of", without)
    with pytest.raises(Shared):
        compare(server, running(answer_cache=0), SAME)


@pytest.mark.parametrize("question", [NARROWER, SUMMARIES])
def test_hidden_edits_change_no_byte(server: Running, log: Log, question: str) -> None:
    family = Family(QUESTIONS, question, "anonymous", {}, (), ())
    before = response(server, family, {})
    own = ask(server, question, steward=True)
    for at, hidden in enumerate((AMBER, SEATTLE), start=4):
        log.put(practice(at, **hidden), under(at, **hidden))
        look_again(server)
        assert response(server, family, {}) == before
        assert response(server, family, {}) == before
    assert ask(server, question, steward=True) != own, "who may see the last of them sees it"


def test_a_server_that_is_asked_by_keys_of_different_rights(running: Callable[..., Running], log: Log) -> None:
    """The rights of a kept answer are those of the moment: who learns of an audience gets an answer of his own."""
    server = looked(running(answer_cache=MOST))
    viewers = server.server.config.app.state.graphql.app.viewing.viewers  # type: ignore[union-attr]  # our application
    log.put(practice(4, **AMBER), under(4, **AMBER))
    few = ask(server, NARROWER, steward=True)
    assert ask(server, NARROWER, steward=True) == few
    viewers.learn(["2:us-or-portland"])
    more = ask(server, NARROWER, steward=True)
    assert more["topic"]["narrower"]["totalCount"] == few["topic"]["narrower"]["totalCount"] + 1
