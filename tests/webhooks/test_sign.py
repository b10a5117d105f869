"""Signatures: the test vector of the Standard Webhooks specification, and secrets that nobody can read from the database."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from app.webhooks.sign import new_salt, signed, signing_secret
from graph.webhooks.webhook import Webhook

# The vector that the libraries of the specification are tested with.
SECRET, MESSAGE, BODY = (
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    b'{"test": 2432232314}',
)
AT = datetime.fromtimestamp(1614265330, UTC)
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
HOOK = Webhook("a", "https://example.org", "anna", AT, new_salt())


def test_the_vector_of_the_specification() -> None:
    assert signed([SECRET], MESSAGE, AT, BODY) == {
        "webhook-id": MESSAGE,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }


def test_a_receiver_verifies_what_is_signed_and_nothing_else() -> None:
    now, secret = datetime.now(UTC), signing_secret(b"server", HOOK)
    headers, verifier = signed([secret], "e", now, BODY), Verifier(secret)
    assert verifier.verify(BODY, headers) == {"test": 2432232314}
    others = [
        (BODY.replace(b"4}", b"5}"), headers),
        (BODY, {**headers, "webhook-id": "f"}),
        (BODY, {**headers, "webhook-timestamp": str(int(now.timestamp()) + 1)}),
        (BODY, signed([secret], "e", now - timedelta(minutes=6), BODY)),
        (BODY, signed([signing_secret(b"another", HOOK)], "e", now, BODY)),
        (BODY, signed([signing_secret(b"server", replace(HOOK, id="b"))], "e", now, BODY)),
        (BODY, signed([signing_secret(b"server", replace(HOOK, salt=new_salt()))], "e", now, BODY)),
    ]
    for body, given in others:
        with pytest.raises(WebhookVerificationError):
            verifier.verify(body, given)


def test_while_two_secrets_are_valid_a_receiver_may_have_either() -> None:
    now = datetime.now(UTC)
    at = now.timestamp()
    hook = replace(HOOK, salt=new_salt(), former=HOOK.salt, expires=at + 10)
    old, new = signing_secret(b"server", HOOK), signing_secret(b"server", hook)

    def headers(at: float) -> dict[str, str]:
        return signed([signing_secret(b"server", hook, salt) for salt in hook.salts(at)], "e", now, BODY)

    for secret in (old, new):
        assert Verifier(secret).verify(BODY, headers(at + 9)) == {"test": 2432232314}
    assert Verifier(new).verify(BODY, headers(at + 10)) == {"test": 2432232314}
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(BODY, headers(at + 10))
    assert old.removeprefix("whsec_") not in str(hook)


def test_a_secret_has_the_form_of_the_specification_and_stays_the_same() -> None:
    secret = signing_secret(b"server", HOOK)
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert signing_secret(b"server", HOOK) == secret


def test_what_is_stored_and_shown_of_a_webhook_holds_no_secret() -> None:
    hook = replace(HOOK, url="https://example.org/?token=sesame")
    secret = signing_secret(b"server", hook).removeprefix("whsec_")
    assert secret not in str(hook.columns())
    assert "sesame" not in repr(hook)
    assert hook.salt not in repr(hook)
