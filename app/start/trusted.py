"""Trusted documents: questions that a server knows by id. In: a folder. Out: documents with what their headers say.

The header of a document is the comment at its beginning: prose, then keys such as `# viewer:` and `# variables:`.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from app import web
from app.start.settings import Settings, SettingsError
from graph.errors import QuestionError, QuestionRefused
from schema.derived.forms.documents import documents as form_documents
from schema.model import model
from seeds import QUESTIONS

SUFFIX = ".graphql"
HASHED = "sha256:"
KEY = re.compile(r"(viewer|variables|first|index|system|expect): *(.*)")
FIRST_SENTENCE = re.compile(r".*?[.?!](?=\s|$)")


class DocumentNotTrusted(QuestionError):
    """No trusted document has this id, or the server answers only trusted documents and this is not one of them."""

    code = "DOCUMENT_NOT_TRUSTED"
    status = 403


@dataclass(frozen=True)
class Lines:
    """A header line by line: the prose before the first key, and the values of each key. `body` is the document below it."""

    prose: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]] = field(hash=False)
    body: str

    def first(self, key: str, otherwise: str) -> str:
        """Return the first value of a key, or `otherwise` if the header has no such key."""
        return self.keys.get(key, (otherwise,))[0]


@dataclass(frozen=True)
class Head:
    """What the header of a document says: its first sentence, the viewer, and the default variables.

    `first` are the variables that a page of the server asks it with first; None if no page does, or if that need not be fast.
    """

    sentence: str = ""
    viewer: str = "anonymous"
    variables: Mapping[str, Any] = field(default_factory=dict, hash=False)
    first: Mapping[str, Any] | None = field(default=None, hash=False)


@dataclass(frozen=True)
class TrustedDocument:
    """A document that clients may name by its id."""

    id: str
    text: str = field(repr=False)
    head: Head = Head()


@dataclass(frozen=True)
class Trusted:
    """The trusted documents of a server; with `only`, the server answers no other document.

    `pages` are those that its own pages ask. They are no questions for a list, and a start warms those with `first` variables.
    """

    documents: tuple[TrustedDocument, ...] = ()
    only: bool = False
    pages: tuple[TrustedDocument, ...] = ()

    @cached_property
    def _texts(self) -> dict[str, str]:
        every = self.documents + self.pages
        by_hash = {HASHED + hashlib.sha256(known.text.encode()).hexdigest(): known.text for known in every}
        return by_hash | {known.id: known.text for known in every}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._texts.values())

    def knows(self, text: str) -> bool:
        """Whether a text is that of a trusted document."""
        return text in self._known

    def text(self, document_id: str) -> str:
        """Return the text of a document by its id or hash; raise DocumentNotTrusted if there is none."""
        text = self._texts.get(document_id)
        if text is None:
            raise DocumentNotTrusted("No trusted document has this id.")
        return text

    def admit(self, text: str) -> None:
        """Raise DocumentNotTrusted if the server answers only trusted documents and this text is not one of them."""
        if self.only and not self.knows(text):
            raise DocumentNotTrusted("This server answers only trusted documents, and this is not one of them.")


def lines(text: str) -> Lines:
    """Split a document into its header and its body."""
    written = text.splitlines()
    end = next((at for at, line in enumerate(written) if not line.startswith("#")), len(written))
    prose: list[str] = []
    keys: dict[str, tuple[str, ...]] = {}
    for line in written[:end]:
        comment = line[1:].strip()
        if key := KEY.fullmatch(comment):
            keys[key[1]] = (*keys.get(key[1], ()), key[2])
        elif not keys:
            prose.append(comment)
    return Lines(tuple(prose), keys, "\n".join(written[end:]))


def head(text: str) -> Head:
    """Read the header of a document; raise ValueError if its viewer or its variables are not accepted."""
    header = lines(text)
    about = " ".join(header.prose)
    first = FIRST_SENTENCE.match(about)
    viewer = header.first("viewer", "anonymous")
    if viewer not in ("anonymous", "steward"):
        raise ValueError(f"`viewer` is {viewer!r}; accepted are `anonymous` and `steward`")
    variables = json_object(header.first("variables", "{}"), "`variables`")
    opened = json_object(header.keys["first"][0], "`first`") if "first" in header.keys else None
    return Head(first[0] if first else about, viewer, variables, opened)


def json_object(text: str, name: str) -> dict[str, Any]:
    """Read a JSON object; raise ValueError, whose message begins with `name`, if the text is not one."""
    try:
        read = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"{name} must be a JSON object and is not valid JSON: {error}") from error
    if not isinstance(read, dict):
        raise ValueError(f"{name} must be a JSON object")
    return read


def trusted_folder(settings: Settings) -> Path:
    """Return the folder of trusted documents: the configured one, or that of the questions that come with citygraph."""
    folder = settings.trusted_dir
    if folder is not None and not folder.is_dir():
        raise SettingsError(f"CITYGRAPH_TRUSTED_DIR: {folder} is not a folder; set it to a folder of .graphql files.")
    return folder or QUESTIONS


def page_documents() -> tuple[TrustedDocument, ...]:
    """Return the documents that the pages of a server ask. Tests ask each, so a start does not check them."""
    written = trusted_documents(Path(web.__file__).parent / "documents", lambda _: None)
    return (*written, *(TrustedDocument(name, text) for name, text in form_documents(model()).items()))


def document_files(folder: Path) -> dict[str, Path]:
    """Return the documents of a folder by id."""
    return {path.stem: path for path in sorted(folder.glob(f"*{SUFFIX}"))}


def document_text(path: Path) -> str:
    """Return the text of a document; raise SettingsError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as UTF-8 text: {error}") from error


def trusted_documents(folder: Path, check: Callable[[str], object]) -> tuple[TrustedDocument, ...]:
    """Read every document of a folder; raise SettingsError, with file and reason, if one is not accepted.

    `check` raises QuestionError or QuestionRefused if a text is no question.
    """
    documents = []
    for name, path in document_files(folder).items():
        text = document_text(path)
        try:
            check(text)
            documents.append(TrustedDocument(name, text, head(text)))
        except (QuestionError, QuestionRefused, ValueError) as error:
            raise SettingsError(f"{path} cannot be a trusted document: {error}") from error
    return tuple(documents)
