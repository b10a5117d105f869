"""Settings. In: environment variables. Out: one frozen value, read once at start. docs/settings.md lists all of them."""

import re
from enum import Enum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

if TYPE_CHECKING:
    from graph.question.compile import Limits

Network = IPv4Network | IPv6Network
Count = Annotated[int, Field(ge=1)]
Folder = Annotated[Path, AfterValidator(Path.expanduser)]
"""A folder; `~` at its beginning is the user's home."""
ANY_HOST = "*"
WEB_ADDRESS = r"^https?://[^\s/?#<>\"{}|\\^`]+(/[^\s?#<>\"{}|\\^`]*)?$"
"""The pattern of an address that others can be told: without a query, and of characters that an IRI may have."""
KEPT_MEGABYTES = 64
"""Megabytes of answers that a server with a managed database keeps."""


def _names_of_hosts(given: str) -> str:
    """Remove spaces; refuse what is neither `*` nor names such as a header Host has, without port."""
    names = [name.strip() for name in given.split(",")]
    if names != [ANY_HOST] and not all(re.fullmatch(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]", name) for name in names):
        raise ValueError("accepted are names of hosts without port, separated by commas, or `*` alone for any")
    return ",".join(names)


Hosts = Annotated[str, AfterValidator(_names_of_hosts)]


class Profile(Enum):
    """How much a server shows: `local` for its owner on one machine, `hardened` for a server that others reach."""

    LOCAL = "local"
    HARDENED = "hardened"


class Bolt(Enum):
    """What runs questions and mutations: `lane`, a Bolt client of our own, or `driver`, Neo4j's driver."""

    LANE = "lane"
    DRIVER = "driver"


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which and what is accepted."""


class Settings(BaseSettings):
    """All settings. Their variables begin with CITYGRAPH_, or with NEO4J_ if they are about the configured database."""

    model_config = SettingsConfigDict(env_prefix="CITYGRAPH_", frozen=True, extra="ignore", env_ignore_empty=True)

    neo4j_uri: str | None = Field(
        None,
        validation_alias=AliasChoices("NEO4J_URI"),
        description="Address of a Neo4j, such as `bolt://localhost:7687`. If absent, the managed local server is used.",
    )
    neo4j_username: str = Field(
        "neo4j", validation_alias=AliasChoices("NEO4J_USERNAME"), description="User name at `NEO4J_URI`."
    )
    neo4j_password: SecretStr | None = Field(
        None,
        validation_alias=AliasChoices("NEO4J_PASSWORD"),
        description="Password of that user; required with `NEO4J_URI`.",
    )
    neo4j_database: str = Field(
        "neo4j", validation_alias=AliasChoices("NEO4J_DATABASE"), description="Name of the database at `NEO4J_URI`."
    )

    profile: Profile = Field(
        Profile.HARDENED, description="`local` or `hardened`. If absent, `citygraph up` takes `local`."
    )
    host: str = Field("127.0.0.1", description="Address on which the server listens.")
    allowed_hosts: Hosts | None = Field(
        None,
        description="Hosts under which clients reach the server, separated by commas; `*` is any. "
        "If absent, those of this machine in local mode, otherwise any.",
    )
    port: int = Field(8000, ge=0, le=65535, description="Port on which the server listens; 0 takes a free one.")
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        1, description="Processes that answer, 1 to 64; limits that protect the database are divided among them."
    )
    key_secret: SecretStr | None = Field(
        None,
        description="Secret of 32 characters or more for keys of facts and cursors. In local mode, a file keeps one.",
    )
    cache_dir: Folder | None = Field(None, description="Folder for downloads. If absent, the user's cache folder.")
    data_dir: Folder | None = Field(
        None, description="Folder for the managed server and local secrets. If absent, the user's data folder."
    )
    neo4j_home: Folder | None = Field(
        None, description="Folder of an unpacked Neo4j to run instead of a downloaded one."
    )
    neo4j_heap: str = Field(
        "512m",
        pattern=r"^\d+[mg]$",
        description="Heap of the managed server, such as `512m` or `2g`; also of the Neo4j of a snapshot.",
    )
    neo4j_page_cache: str = Field(
        "128m",
        pattern=r"^\d+[mg]$",
        description="Page cache of the managed server, such as `512m` or `2g`; also of the Neo4j of a snapshot.",
    )
    neo4j_start_seconds: Count = Field(180, description="Seconds within which the managed server must have started.")

    bolt: Bolt = Field(
        Bolt.LANE,
        description="What runs questions and mutations: `lane`, a faster client of our own, or `driver`, Neo4j's driver. "
        "In a cluster (`neo4j://`), mutations always go over the driver.",
    )

    max_body: Count = Field(100_000, description="Largest body of a request, in bytes.")
    max_write_body: Count = Field(
        2_000_000, description="Largest body of a request with a token that is known, in bytes. 1,000 rows fit in it."
    )
    max_result: Count = Field(10_000_000, description="Largest answer, in bytes.")
    max_tokens: Count = Field(10_000, description="Most tokens in a document.")
    max_depth: Count = Field(12, description="Deepest nesting of fields; `edges` and `nodes` do not count.")
    max_aliases: Count = Field(30, description="Most aliases in a document.")
    max_root_fields: Count = Field(20, description="Most fields at the root of an operation.")
    max_fields: Count = Field(2_000, description="Most fields of an operation, fragments included.")
    max_pairs: Count = Field(
        5_000,
        description="Most pairs of fields with one response key, or of fragments, that come together in one place.",
    )
    max_page: Annotated[int, Field(ge=20, le=10_000)] = Field(
        100, description="Largest page: the most that `first` or `last` may be."
    )
    max_cost: Count = Field(
        20_000,
        description="Largest cost of a question: the sum, over its lists, of page sizes multiplied along the path.",
    )
    max_filter_depth: Count = Field(12, description="Deepest nesting of one filter.")
    max_filter_nesting: Count = Field(
        3,
        description="Most filters by lists of related facts inside one another; a step to a fact and back counts as two.",
    )
    max_filter_relations: Count = Field(30, description="Most filters by related facts in one document.")
    max_filter_comparisons: Count = Field(200, description="Most comparisons in the filters of a document.")
    max_places: Count = Field(
        100, description="Most sites of a statement: places in lists, relationships and filters where it reads facts."
    )
    max_in_flight: Count = Field(64, description="Most statements that run at the same time and are known to be fast.")
    max_slow: Count = Field(4, description="Most other statements that run at the same time: new ones and slow ones.")
    client_share: Annotated[int, Field(ge=1, le=100)] = Field(
        25, description="Percentage of each kind of place, and of connections, that one client may have."
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses of proxies, or networks such as `10.0.0.0/8`, whose `X-Forwarded-For` is believed; with commas.",
    )
    statement_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(
        10, description="Longest time of a statement, in seconds."
    )
    measure_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(
        30, description="Longest time in which a network is read and measured, in seconds."
    )
    measure_processes: Annotated[int, Field(ge=1, le=16)] = Field(
        1, description="Most processes that measure networks; each measures one at a time."
    )
    max_connections: Count = Field(
        5_000, description="Most connections of clients at the same time, as long as so many files may be open."
    )
    max_sockets: Count = Field(100, description="Most WebSocket connections at the same time.")
    answer_cache: int | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="Megabytes of answers that the server keeps; 0 keeps none. If absent, 64 with the managed server and 0 "
        "with `NEO4J_URI`: set it there only if nobody but citygraph writes to the database.",
    )
    synthetic: bool = Field(
        False,
        description="Whether made-up facts (confidence SYNTHETIC) are seen by fields of the root without `synthetic`.",
    )
    webhook_retries: str = Field(
        "5,300,1800,7200,18000,36000,50400,72000,86400",
        pattern=r"^\d+(\.\d+)?(,\d+(\.\d+)?){0,30}$",
        description="Seconds before each further try to deliver a webhook's event, separated by commas.",
    )
    webhook_private: bool = Field(
        False,
        description="Whether webhooks may go to private addresses, and to addresses of this machine over http.",
    )
    keep_requests: int = Field(
        30, ge=0, description="Days for which the answer of a write with a `requestId` is kept for a retry; 0 for ever."
    )
    keep_drafts: int = Field(
        365, ge=0, description="Days for which a draft is kept after it was accepted or refused; 0 for ever."
    )
    keep_tombstones: int = Field(
        365, ge=0, description="Days for which a deletion is kept for those who follow the event log; 0 for ever."
    )
    feeds: bool = Field(True, description="Whether the server runs feeds when their schedules say so.")
    feed_private: bool = Field(
        False, description="Whether feeds may ask for private addresses; each such feed says `allow_private: true` too."
    )
    native: bool = Field(
        True, description="Whether answers are written by the package `citygraph-native`, if it is installed."
    )
    trusted_dir: Folder | None = Field(
        None, description="Folder of trusted documents. If absent, the questions that come with citygraph."
    )
    trusted_only: bool = Field(False, description="Whether only trusted documents are answered.")
    public_url: str | None = Field(
        None,
        pattern=WEB_ADDRESS,
        description="Address under which others reach this server, for the addresses in its catalogue. "
        "If absent, the host that a request names, if that host is allowed by name.",
    )
    publisher: str = Field("citygraph", min_length=1, description="Who publishes the catalogue: a name.")
    log_level: str = Field(
        "INFO",
        pattern=r"^(DEBUG|INFO|WARNING|ERROR)$",
        description="Lowest level that is logged: `DEBUG`, `INFO`, `WARNING` or `ERROR`.",
    )

    @model_validator(mode="after")
    def _consistent(self) -> "Settings":
        if self.key_secret is not None and len(self.key_secret.get_secret_value()) < 32:
            raise ValueError("CITYGRAPH_KEY_SECRET is too short; 32 characters or more are accepted")
        self.proxies  # noqa: B018  # raises ValueError, which names the text that is no network
        if self.neo4j_uri and self.neo4j_password is None:
            raise ValueError("NEO4J_URI is set and NEO4J_PASSWORD is not; set both, or neither for the managed server")
        if self.answer_cache and self.neo4j_uri and self.neo4j_uri.startswith("neo4j"):
            raise ValueError(
                "CITYGRAPH_ANSWER_CACHE is set and NEO4J_URI begins with neo4j: the members of a cluster differ for a moment "
                "after a write, so answers cannot be kept. Accepted is an address that begins with bolt, or 0"
            )
        return self

    @property
    def proxies(self) -> tuple["Network", ...]:
        """The networks of trusted proxies."""
        return tuple(ip_network(text.strip(), strict=False) for text in self.trusted_proxies.split(",") if text.strip())

    @property
    def retries(self) -> tuple[float, ...]:
        """The seconds before each further try to deliver an event to a webhook."""
        return tuple(map(float, self.webhook_retries.split(",")))

    def part(self, most: int) -> int:
        """Return how many of so many places of a server one of its processes has: at least one."""
        return max(1, most // self.workers)

    def share(self, most: int) -> int:
        """Return how many of so many places one client may have: at least one."""
        return max(1, most * self.client_share // 100)

    @property
    def answer_bytes(self) -> int:
        """Return how many bytes of answers are kept."""
        by_default = 0 if self.neo4j_uri else KEPT_MEGABYTES
        return (by_default if self.answer_cache is None else self.answer_cache) * 1_000_000

    @property
    def local(self) -> bool:
        """Whether the profile is `local`: the server is used by its owner, on one machine."""
        return self.profile is Profile.LOCAL

    def limits(self) -> "Limits":
        """Return the limits of one question; the profile decides on errors shown, suggestions, hints and introspection."""
        # Imported here, because these modules take longer to import than `citygraph ask` may take.
        from graph.question.compile import Limits
        from graph.question.cost import CostLimits
        from graph.question.document.read import DocumentLimits
        from graph.question.plan.ledger import FilterLimits

        document = DocumentLimits(
            tokens=self.max_tokens,
            depth=self.max_depth,
            aliases=self.max_aliases,
            root_fields=self.max_root_fields,
            fields=self.max_fields,
            pairs=self.max_pairs,
            errors=100 if self.local else 5,
            introspection=self.local,
            suggestions=self.local,
        )
        filters = FilterLimits(
            depth=self.max_filter_depth,
            nesting=self.max_filter_nesting,
            relations=self.max_filter_relations,
            comparisons=self.max_filter_comparisons,
            places=self.max_places,
        )
        cost = CostLimits(page=self.max_page, cost=self.max_cost)
        return Limits(document=document, filters=filters, cost=cost, synthetic=self.synthetic, hints=self.local)


def read_settings(**options: object) -> Settings:
    """Read the settings; options win over the environment. Raise SettingsError with all that is wrong."""
    from pydantic import ValidationError

    try:
        return Settings(**options)  # type: ignore[arg-type]  # names and values are checked by the model itself
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        texts = [f"{_variable(each['loc'])}{each['msg'].removeprefix('Value error, ')}" for each in wrong]
        raise SettingsError("; ".join(texts)) from error


def _variable(location: tuple[int | str, ...]) -> str:
    """Return the environment variable of a setting and a colon; nothing for an error about several settings."""
    if not location:
        return ""
    name = str(location[0])
    return f"{name if name.startswith('NEO4J_') else f'CITYGRAPH_{name.upper()}'}: "
