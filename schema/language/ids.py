"""Ids of facts. In: names, codes, and the ids at the ends of a relationship. Out: readable ids with a prefix of their type."""

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
    """Make the id of a city from ISO country code, GeoNames first-order division ("" if none) and name: city/us-wa-seattle."""
    return f"city/{country.lower()}-{division.lower() or 'x'}-{slug(name)}"


def relationship_id(prefix: str, start: str, end: str, *per: str) -> str:
    """Make the readable id of a relationship from its ends and from `per`, the values that tell parallel ones apart.

    If a value is the id of another fact, a digest of it and the ends is used: a viewer who sees the relationship must not
    learn the id of a hidden fact, nor that two relationships refer to the same one. Ids of facts that may be hidden are
    random, so that a digest cannot be broken by trying them all.
    """
    return "/".join((prefix, start, end, *(_told_apart(part, start, end) for part in per)))


def _told_apart(part: str, start: str, end: str) -> str:
    if "/" in part:
        return hashlib.blake2b("\n".join((start, end, part)).encode(), digest_size=8).hexdigest()
    return slug(part) or "x"
