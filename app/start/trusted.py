"""Trusted documents: questions that a server knows by id. In: a folder. Out: documents with what their heads say of them.

The head of a document is its first lines of comment: what it asks, and keys such as `# viewer:` and `# variables:`.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from app.start.settings import SettingsError
from graph.errors import QuestionError, QuestionRefused
from graph.question.document.read import Document

SUFFIX = ".graphql"
HASHED = "sha256:"
KEY = re.compile(r"(viewer|variables|index|system|expect): *(.*)")
FIRST_SENTENCE = re.compile(r".*?[.?!](?=\s|$)")


class DocumentNotTrusted(QuestionError):
    """No trusted document has this id, or only trusted documents are answered and this text is none."""

    code = "DOCUMENT_NOT_TRUSTED"
    status = 403


@dataclass(frozen=True)
class Lines:
    """The lines of a head: prose before the first key, and all values of each key; `body` is the document below it."""

    prose: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]] = field(hash=False)
    body: str

    def first(self, key: str, otherwise: str) -> str:
        """Return the first value of a key."""
        return self.keys.get(key, (otherwise,))[0]


@dataclass(frozen=True)
class Head:
    """What a document says of itself before it begins."""

    sentence: str = ""
    viewer: str = "anonymous"
    variables: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class TrustedDocument:
    """A document that may be asked for by its id; `operations` are the names of its operations, "" for one without."""

    id: str
    text: str = field(repr=False)
    head: Head = Head()
    operations: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Trusted:
    """The trusted documents of a server; with `only`, it answers nothing else."""

    documents: tuple[TrustedDocument, ...] = ()
    only: bool = False

    @cached_property
    def _texts(self) -> dict[str, str]:
        by_hash = {HASHED + hashlib.sha256(known.text.encode()).hexdigest(): known.text for known in self.documents}
        return by_hash | {known.id: known.text for known in self.documents}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._texts.values())

    def text(self, document_id: str) -> str:
        """Return the text of a document; raise DocumentNotTrusted where no document has this id."""
        found = self._texts.get(document_id)
        if found is None:
            raise DocumentNotTrusted("No trusted document has this id.")
        return found

    def admit(self, text: str) -> None:
        """Raise DocumentNotTrusted for a text that this server does not answer."""
        if self.only and text not in self._known:
            raise DocumentNotTrusted("This server answers trusted documents only; this text is none of them.")


def lines(text: str) -> Lines:
    """Take the head of a document apart."""
    written = text.splitlines()
    end = next((at for at, line in enumerate(written) if not line.startswith("#")), len(written))
    prose: list[str] = []
    keys: dict[str, tuple[str, ...]] = {}
    for line in written[:end]:
        told = line[1:].strip()
        if key := KEY.fullmatch(told):
            keys[key[1]] = (*keys.get(key[1], ()), key[2])
        elif not keys:
            prose.append(told)
    return Lines(tuple(prose), keys, "\n".join(written[end:]))


def head(text: str) -> Head:
    """Read the head of a document; raise ValueError where it says what it may not."""
    told = lines(text)
    about = " ".join(told.prose)
    first = FIRST_SENTENCE.match(about)
    viewer = told.first("viewer", "anonymous")
    if viewer not in ("anonymous", "steward"):
        raise ValueError(f"its viewer is {viewer!r}; there are `anonymous` and `steward`")
    return Head(first[0] if first else about, viewer, json_object(told.first("variables", "{}"), "its variables are"))


def json_object(text: str, it_is: str) -> dict[str, Any]:
    """Read variables; raise ValueError, which begins with `it_is`, where the text is no JSON object."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"{it_is} no JSON: {error}") from error
    if not isinstance(found, dict):
        raise ValueError(f"{it_is} not a JSON object")
    return found


def document_files(folder: Path) -> dict[str, Path]:
    """Return the documents of a folder by id."""
    return {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}


def document_text(path: Path) -> str:
    """Return the text of a document; raise SettingsError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as a text: {error}") from error


def trusted_documents(folder: Path, read: Callable[[str], Document]) -> tuple[TrustedDocument, ...]:
    """Read every document of a folder; raise SettingsError with the file and the reason where one does not fit."""
    found = []
    for name, path in document_files(folder).items():
        text = document_text(path)
        try:
            found.append(TrustedDocument(name, text, head(text), tuple(read(text).operations)))
        except (QuestionError, QuestionRefused, ValueError) as error:
            raise SettingsError(f"{path} cannot be a trusted document: {error}") from error
    return tuple(found)
