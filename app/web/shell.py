"""The page of the explorer. In: the files of app/web/explorer, the name of a view. Out: HTML.

app/web/explorer/main.js shows the view that the address names. The page differs only in which modules a browser loads at once.
"""

import re
from html import escape
from pathlib import Path

import orjson

from app import web

FOLDER = Path(web.__file__).parent / "explorer"
LINKS = (
    ("exchanges", "Exchanges"),
    ("cloud", "Clouds"),
    ("lesson", "Lessons"),
    ("practice", "Practices"),
    ("ask", "Ask"),
    ("record", "Record"),
)
"""Views that the page leads to from its top, with their names."""
IMPORTED = re.compile(r'''(?m)^import [^"]*"(\.[^"]+)"''')
STYLES = "explorer.css"
HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>citygraph</title>
<link rel="icon" href="/web/icon.svg">
"""
FIRST = '<script type="module" async src="{address}"></script>\n'
"""Runs before the modules of a page are there, and asks for what the page shows first."""
BODY = """<script type="module" src="/web/explorer/main.js"></script>
</head>
<body data-views="{views}">
<a class="skip" href="#main">To the content</a>
<header>
<a class="brand" href="/explore/start">citygraph</a>
<nav aria-label="Pages">{links}</nav>
<form role="search" class="search">
<input id="search" type="search" name="q" aria-label="Search everything" placeholder="Search: press /" autocomplete="off">
<button>Search</button>
</form>
<details class="settings">
<summary>Token and data</summary>
<form>
<label>Token <input id="token" type="password" autocomplete="off" spellcheck="false"
 placeholder="none: you are anonymous"></label>
<button>Use it</button>
</form>
<label><input id="synthetic" type="checkbox"> Show made-up data too</label>
</details>
</header>
<main id="main" tabindex="-1" aria-busy="true"></main>
<p id="live" class="unseen" role="status"></p>
<footer><p>Each fact cites its source. Made-up facts are shown only where you ask for them, and are marked.
<span>Keys: <kbd>/</kbd> searches, arrows walk a picture, <kbd>Enter</kbd> opens, <kbd>Esc</kbd> leaves.</span></p></footer>
</body>
</html>
"""


def views() -> list[str]:
    """Return the names of the views that there are."""
    return sorted(path.stem for path in (FOLDER / "views").glob("*.js"))


def shell_page(view: str) -> str:
    """Return the page; it needs nothing from another origin."""
    styles = f'<link rel="stylesheet" href="/web/{STYLES}">\n'
    # Without this a browser would find each module only after it has read another.
    known = views()
    needed = _imports(FOLDER / "main.js") | (_imports(FOLDER / "views" / f"{view}.js") if view in known else set())
    first = FOLDER / view / "first.js"
    begins = _imports(first) if view in known and first.exists() else set()
    ordered = [*sorted(begins), *sorted(needed - begins)]
    modules = "".join(f'<link rel="modulepreload" href="{_address(path)}">\n' for path in ordered)
    begin = FIRST.format(address=_address(first)) if begins else ""
    links = "".join(f'<a href="/explore/{view}">{name}</a>' for view, name in LINKS if view in known)
    return HEAD + styles + modules + begin + BODY.format(views=escape(orjson.dumps(known).decode()), links=links)


def styles() -> bytes:
    """Return the styles of all views in one file: a browser shows nothing before it has read each."""
    return b"".join(path.read_bytes() for path in sorted(FOLDER.rglob("*.css")))


def _imports(path: Path, known: frozenset[Path] = frozenset()) -> set[Path]:
    """Return a module and all that it imports at once, through others too."""
    found = {path, *known}
    for name in IMPORTED.findall(path.read_text(encoding="utf-8")):
        module = (path.parent / name).resolve()
        if module not in found:
            found |= _imports(module, frozenset(found))
    return found


def _address(path: Path) -> str:
    return f"/web/{path.relative_to(FOLDER.parent).as_posix()}"
