"""Which targets are accepted: public addresses over https. Private ones need a setting, and some are refused always."""

import pytest

from app.webhooks.target import address_problem, url_problem

PUBLIC = ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"]
PRIVATE = ["10.0.0.1", "172.16.3.4", "192.168.1.1", "100.64.0.1", "198.18.0.1", "fc00::1", "::ffff:10.0.0.1"]
LOOPBACK = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]
NEVER = [
    "0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.1.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "100.100.100.200", "168.63.129.16", "192.0.0.192", "::", "fe80::1", "fe80::1%eth0", "ff02::1", "fd00:ec2::254",
    "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:1::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_reached_over_https_only(address: str) -> None:
    assert address_problem(address, plain=False, private=False) is None
    assert address_problem(address, plain=True, private=True) == "http is for addresses of this machine only."


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_need_the_setting(address: str) -> None:
    assert "CITYGRAPH_WEBHOOK_PRIVATE" in str(address_problem(address, plain=False, private=False))
    assert address_problem(address, plain=False, private=True) is None
    assert address_problem(address, plain=True, private=True) is not None


@pytest.mark.parametrize("address", LOOPBACK)
@pytest.mark.parametrize("plain", [True, False])
def test_this_machine_needs_the_setting_and_may_be_reached_over_http(address: str, plain: bool) -> None:
    assert "CITYGRAPH_WEBHOOK_PRIVATE" in str(address_problem(address, plain=plain, private=False))
    assert address_problem(address, plain=plain, private=True) is None


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("private", [True, False])
def test_some_addresses_are_never_reached(address: str, private: bool) -> None:
    assert address_problem(address, plain=False, private=private) is not None


@pytest.mark.parametrize(
    "url",
    ["https://example.org/hook", "https://example.org:8443/a?b=c", "https://1.1.1.1/", "https://[2606:4700::1]/x"],
)
def test_urls_that_are_accepted(url: str) -> None:
    assert url_problem(url, private=False) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://example.org/hook", "over https only"),
        ("ftp://example.org/hook", "over https only"),
        ("example.org/hook", "names no host"),
        ("https:///hook", "names no host"),
        ("https://example.org:0/", "port 0"),
        ("https://example.org:99999/", "This is no URL"),
        ("https://[::1/", "This is no URL"),
        ("https://anna:secret@example.org/", "a user name, a password"),
        ("https://example.org/#part", "a fragment"),
        ("https://exa mple.org/", "blanks"),
        ("https://exämple.org/", "printable ASCII"),
        ("https://example.org/" + "a" * 2_000, "more than 2,000"),
        ("https://127.0.0.1/", "CITYGRAPH_WEBHOOK_PRIVATE"),
        ("https://10.1.2.3/", "CITYGRAPH_WEBHOOK_PRIVATE"),
        ("https://169.254.169.254/latest", "metadata"),
    ],
)
def test_urls_that_are_refused(url: str, words: str) -> None:
    assert words in str(url_problem(url, private=False))


def test_http_is_accepted_for_this_machine_with_the_setting() -> None:
    assert url_problem("http://127.0.0.1:8080/hook", private=True) is None
    assert url_problem("http://localhost:8080/hook", private=True) is None
    assert url_problem("http://10.0.0.1/hook", private=True) == "http is for addresses of this machine only."
