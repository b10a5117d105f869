"""Cells of the tables of results: what was measured and what is promised. In: numbers. Out: Markdown."""


def most(measured: float, promised: float) -> str:
    """Return a measured value, what it may be at most, and whether it holds."""
    return f"{measured:.2f} | at most {promised:g} | {'yes' if measured <= promised else 'no'}"


def least(measured: float, promised: float | None) -> str:
    """Return a measured value, what it must be at least, if anything, and whether it holds."""
    if promised is None:
        return f"{measured:.2f} | | "
    return f"{measured:.2f} | at least {promised:g} | {'yes' if measured >= promised else 'no'}"


def ms(seconds: float) -> str:
    """Return milliseconds."""
    return f"{seconds * 1000:.2f}"
