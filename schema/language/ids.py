"""How ids are made. In: natural keys. Out: readable ids that begin with the prefix of their label or type."""

import hashlib
import re
import unicodedata

_FOLDED = {
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "ı": "i",
}


def slug(text: str) -> str:
    """Turn a name into lower-case ASCII words joined by hyphens: "São Paulo" -> "sao-paulo"."""
    plain = "".join(_FOLDED.get(letter, letter) for letter in text)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.replace("'", "").lower()).strip("-")


def city_id(country: str, division: str, name: str) -> str:
    """Make a city's id of ISO country code, GeoNames first-order division and name: city/us-wa-seattle."""
    return f"city/{country.lower()}-{division.lower() or 'x'}-{slug(name)}"


def relationship_id(prefix: str, start: str, end: str, *per: str) -> str:
    """Make the readable id of a relationship from its ends and from `per`, the values that tell parallel ones apart.

    If such a value is the id of another fact, it is digested together with the ends. A viewer of the relationship may not
    see that fact, nor learn that two relationships share it. Ids of confidential facts are random, so nobody can guess them.
    """
    return "/".join((prefix, start, end, *(_told_apart(part, start, end) for part in per)))


def _told_apart(part: str, start: str, end: str) -> str:
    if "/" in part:
        return hashlib.blake2b("\n".join((start, end, part)).encode(), digest_size=8).hexdigest()
    return slug(part) or "x"
