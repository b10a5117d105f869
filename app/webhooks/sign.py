"""Signatures by the Standard Webhooks specification. In: the secret of the server, a webhook, a body. Out: headers.

The signing secret of a webhook is calculated from the server's secret and a random salt. So the database does not hold it.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from standardwebhooks import Webhook as Signer

from graph.webhooks.webhook import Webhook

SALT_BYTES = 16
PREFIX = "whsec_"


def new_salt() -> str:
    """Return a new salt."""
    return secrets.token_hex(SALT_BYTES)


def signing_secret(secret: bytes, of: Webhook, salt: str | None = None) -> str:
    """Return the signing secret of a webhook, 256 bits, as its receiver keeps it; with a salt, that of another time."""
    key = hashlib.blake2b(hashlib.sha256(secret).digest(), digest_size=32, person=b"webhooks").digest()
    made = hmac.new(key, f"{of.id} {salt or of.salt}".encode(), hashlib.sha256).digest()
    return PREFIX + base64.b64encode(made).decode()


def signed(valid: Sequence[str], event: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the three headers for a body, with a signature for each valid secret.

    `event` is its id and `at` the time of this try, in UTC.
    """
    return {
        "webhook-id": event,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Signer(each).sign(event, at, body.decode()) for each in valid),
    }
