"""Headers of responses."""

AGAIN = {"retry-after": "1"}
ALWAYS = {
    "cache-control": "private, no-store",
    "vary": "Accept, Accept-Encoding, Authorization",
    "x-content-type-options": "nosniff",
}
"""Headers that every response has."""
