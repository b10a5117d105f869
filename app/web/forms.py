"""What forms need to know, for pages. In: the model. Out: JSON: each kind of fact with its fields."""

import orjson

from schema.derived.forms.fields import described
from schema.model import model


def forms_json() -> bytes:
    """Return what can be recorded: see schema/derived/forms/fields.py."""
    return orjson.dumps(described(model()))
