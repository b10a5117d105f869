"""Settings. In: environment variables. Out: one frozen value, read once at start; docs/settings.md lists every one."""

from enum import Enum
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.question.compile import Limits
from graph.question.cost import CostLimits
from graph.question.document.read import DocumentLimits
from graph.question.plan.ledger import FilterLimits

Count = Annotated[int, Field(ge=1)]


class Profile(Enum):
    """How much a server shows: everything to its owner on one machine, or only what others need."""

    LOCAL = "local"
    HARDENED = "hardened"


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which and what is accepted."""


class Settings(BaseSettings):
    """Everything that can be set. Own names begin with CITYGRAPH_, those of the database with NEO4J_."""

    model_config = SettingsConfigDict(env_prefix="CITYGRAPH_", frozen=True, extra="ignore", env_ignore_empty=True)

    neo4j_uri: str | None = Field(
        None,
        validation_alias=AliasChoices("NEO4J_URI"),
        description="Address of a Neo4j; absent: the managed local server.",
    )
    neo4j_username: str = Field(
        "neo4j", validation_alias=AliasChoices("NEO4J_USERNAME"), description="User of that Neo4j."
    )
    neo4j_password: SecretStr | None = Field(
        None, validation_alias=AliasChoices("NEO4J_PASSWORD"), description="Password of that user."
    )
    neo4j_database: str = Field(
        "neo4j", validation_alias=AliasChoices("NEO4J_DATABASE"), description="Name of the database."
    )

    profile: Profile = Field(
        Profile.HARDENED, description="`local` or `hardened`; `citygraph up` is local where this is absent."
    )
    host: str = Field("127.0.0.1", description="Address to serve on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to serve on.")
    key_secret: SecretStr | None = Field(
        None,
        description="Secret of at least 32 characters, of which keys and cursors are made; kept in a file in local mode.",
    )
    cache_dir: Path | None = Field(None, description="Folder of downloads; absent: the user's cache folder.")
    data_dir: Path | None = Field(None, description="Folder of the managed server; absent: the user's data folder.")
    neo4j_home: Path | None = Field(None, description="An unpacked Neo4j Community to run instead of fetching one.")
    neo4j_heap: str = Field("512m", pattern=r"^\d+[mg]$", description="Heap of the managed server.")
    neo4j_page_cache: str = Field("128m", pattern=r"^\d+[mg]$", description="Page cache of the managed server.")
    neo4j_start_seconds: Count = Field(180, description="How long the managed server may take to start, in seconds.")

    max_body: Count = Field(100_000, description="Largest body of a request, in bytes.")
    max_result: Count = Field(10_000_000, description="Largest answer, in bytes.")
    max_tokens: Count = Field(10_000, description="Most tokens in a document.")
    max_depth: Count = Field(12, description="Deepest nesting of a document; `edges` and `nodes` do not count.")
    max_aliases: Count = Field(30, description="Most aliases in a document.")
    max_root_fields: Count = Field(20, description="Most fields at the root of an operation.")
    max_fields: Count = Field(2_000, description="Most fields of an operation once its fragments are unfolded.")
    max_page: Annotated[int, Field(ge=20, le=10_000)] = Field(100, description="Largest page (`first`).")
    max_cost: Count = Field(20_000, description="Largest cost: page sizes multiplied along each path, summed.")
    max_filter_depth: Count = Field(12, description="Deepest nesting of one filter.")
    max_filter_nesting: Count = Field(
        3, description="Most to-many relations within one another in one filter; the way back to all siblings is two."
    )
    max_filter_relations: Count = Field(
        30, description="Most places of a document in which filters search related facts."
    )
    max_filter_comparisons: Count = Field(200, description="Most comparisons in the filters of a document.")
    max_places: Count = Field(
        100, description="Most places of a statement where facts are read: lists, ends and filters."
    )
    max_in_flight: Count = Field(64, description="Most questions under way at once.")
    statement_seconds: Annotated[float, Field(gt=0, le=3600)] = Field(10, description="Longest time of a statement.")
    max_sockets: Count = Field(100, description="Most WebSocket connections at once.")
    trusted_dir: Path | None = Field(
        None, description="Folder of trusted documents; absent: the questions that come with citygraph."
    )
    trusted_only: bool = Field(False, description="Whether trusted documents alone are answered.")
    log_level: str = Field("INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$", description="Least level that is logged.")

    @model_validator(mode="after")
    def _consistent(self) -> "Settings":
        if self.key_secret is not None and len(self.key_secret.get_secret_value()) < 32:
            raise ValueError("CITYGRAPH_KEY_SECRET has fewer than 32 characters")
        if self.neo4j_uri and self.neo4j_password is None:
            raise ValueError("NEO4J_URI is set without NEO4J_PASSWORD")
        return self

    @property
    def local(self) -> bool:
        """Whether the server is its owner's own, on one machine."""
        return self.profile is Profile.LOCAL

    def limits(self) -> Limits:
        """Return the limits of one question; hardened servers show fewer errors, no suggestions and no introspection."""
        document = DocumentLimits(
            tokens=self.max_tokens,
            depth=self.max_depth,
            aliases=self.max_aliases,
            root_fields=self.max_root_fields,
            fields=self.max_fields,
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
        return Limits(document=document, filters=filters, cost=CostLimits(page=self.max_page, cost=self.max_cost))


def read_settings(**given: object) -> Settings:
    """Read the settings; raise SettingsError with every problem found."""
    from pydantic import ValidationError

    try:
        return Settings(**given)  # type: ignore[arg-type]  # names and values are checked by the model itself
    except ValidationError as error:
        problems = [f"{_variable(found['loc'])}{found['msg']}" for found in error.errors(include_url=False)]
        raise SettingsError("; ".join(problems)) from error


def _variable(location: tuple[int | str, ...]) -> str:
    """Name the environment variable of a setting, as its owner knows it."""
    if not location:
        return ""
    name = str(location[0])
    return f"{name if name.startswith('NEO4J_') else f'CITYGRAPH_{name.upper()}'}: "
