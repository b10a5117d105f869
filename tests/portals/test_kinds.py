"""The options of each kind: what is accepted, what a wrong one is told, and that the page of kinds shows all of them."""

import re
from typing import Any

import pytest
import yaml

from graph.portals.kinds import kinds, open_portal
from graph.portals.limits import BadOptions, Limits
from graph.portals.options import COMMON
from tests.kit.paths import DOCS

PAGE = (DOCS / "portal-kinds.md").read_text()
CONFIGS = [yaml.safe_load(text)["from"] for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
GOOD: dict[str, Any] = {"kind": "ckan-datastore", "url": "https://data.example.org", "resource": "r"}


def problems(**options: Any) -> str:
    with pytest.raises(BadOptions) as caught:
        open_portal(options, Limits())
    return "\n".join(caught.value.problems)


def test_every_kind_has_a_config_that_works_in_its_page() -> None:
    assert {config["kind"] for config in CONFIGS} == set(kinds())
    for config in CONFIGS:
        assert open_portal(config, Limits())


@pytest.mark.parametrize("name", kinds())
def test_every_option_stands_in_the_page(name: str) -> None:
    table = PAGE.partition("| kind | option | meaning |")[2].partition("\n\n")[0]
    for option in kinds()[name].options:
        needed = " (needed)" if option.required else ""
        assert f"| `{name}` | `{option.name}`{needed} | {option.meaning} |" in table
    for option in COMMON:
        assert f"| all | `{option.name}` | {option.meaning} |" in table


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "ckan-datastor"}, "Is 'ckan-datastore' meant?"),
        ({"kind": None}, "kind: None is not accepted. Accepted are ckan, "),
        ({"resorce": "r"}, "resorce: the kind ckan-datastore has no such option. Is 'resource' meant?"),
        ({"resource": None}, "resource: this option is needed: id of the resource"),
        ({"resource": 5}, "resource: 5 is not accepted. It is a text"),
        ({"page_size": 0}, "page_size: 0 is not accepted. It is a whole number from 1 on"),
        ({"page_size": True}, "page_size: True is not accepted"),
        ({"page_size": 100_000}, "page_size: 100000 is not accepted. The most is 32,000"),
        ({"per_second": 0}, "per_second: 0 is not accepted. It is a number above 0"),
        ({"filters": "a=b"}, "filters: 'a=b' is not accepted. It is a mapping"),
        ({"allow_private": "yes"}, "allow_private: 'yes' is not accepted. It is true or false"),
        ({"token_env": "CITYGRAPH_KEY_SECRET"}, "token_env: CITYGRAPH_KEY_SECRET is a setting of citygraph itself"),
        ({"url": None}, "url: the address of the portal is needed"),
        ({"url": "ftp://data.example.org"}, "url: 'ftp' is not asked"),
        ({"url": "https://anna:x@data.example.org"}, "url: The URL has a user name"),
        ({"url": "https://10.0.0.1"}, "url: the address is private"),
        ({"url": "https://127.0.0.1"}, "url: the address is one of this machine"),
        ({"url": "http://data.example.org", "token_env": "T"}, "url: a token is sent over https only"),
        ({"url": "https://127.0.0.1", "allow_private": True}, "url: the address is one of this machine"),
    ],
)
def test_what_is_not_accepted_is_told(changed: dict[str, Any], words: str) -> None:
    assert words in problems(**{**GOOD, **changed})


def test_all_problems_are_told_at_once() -> None:
    assert len(problems(kind="opendatasoft", mode="exprt", per_second=-1).splitlines()) == 4
    assert "mode: 'exprt' is not accepted. Is 'export' meant?" in problems(
        **{**GOOD, "kind": "opendatasoft", "mode": "exprt"}
    )


def test_private_addresses_are_accepted_if_both_allow_them() -> None:
    assert open_portal({**GOOD, "url": "http://10.0.0.1", "allow_private": True}, Limits(private=True))
    with pytest.raises(BadOptions):
        open_portal({**GOOD, "url": "http://10.0.0.1"}, Limits(private=True))
    with pytest.raises(BadOptions):
        open_portal({**GOOD, "url": "http://169.254.169.254", "allow_private": True}, Limits(private=True))


def test_every_text_option_refuses_what_is_none() -> None:
    """Of every kind, each option with a value of each other sort; nothing but BadOptions is ever raised."""
    values: list[Any] = [5, True, [], {}, "", " ", "a\nb", 1.5, float("nan"), "x"]
    for name, kind in kinds().items():
        needed = {each.name: "x" for each in kind.options if each.required}
        base = {"kind": name, "url": "https://data.example.org", **needed}
        assert open_portal(base, Limits())
        for option in kind.all_options:
            outcomes: list[str] = []
            for value in values:
                try:
                    open_portal({**base, option.name: value}, Limits())
                except BadOptions as bad:
                    outcomes += bad.problems
            assert len(outcomes) >= len(values) - 2
            assert all(each.startswith(f"{option.name}: ") for each in outcomes)
