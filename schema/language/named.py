"""Names of the model in a sentence. In: a name such as Event. Out: the name with its article: an Event."""


def with_article(name: str) -> str:
    """Return a name with "a" or "an" before it. Names with U, such as USES, are spoken as if they began with Y."""
    return f"{'an' if name[:1] in 'AEIO' else 'a'} {name}"
