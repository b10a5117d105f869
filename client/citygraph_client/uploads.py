"""Many rows to a mutation, in batches. In: rows or a file. Out: steps that write them, and what became of each row."""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citygraph_client.core import Core, Steps
from citygraph_client.errors import BadDocument, CitygraphError, GraphQLErrors, TooLarge, TransportError
from citygraph_client.shapes import Shapes, asked, read_sdl
from citygraph_client.tables import Row, RowProblem, is_table, read

MOST_FACTS, MOST_BYTES = 1_000, 1_800_000
"""Facts of a mutation, nested ones included, and bytes of a request: what a server takes by default, with some room."""
_TYPE = re.compile(r"^Variable '\$rows' has invalid value at \[(\d+)\]\.?([^:]*): (.*)$", re.DOTALL)
_AT = re.compile(r"^rows\[(\d+)\]\.?(.*)$", re.DOTALL)


@dataclass(frozen=True)
class Progress:
    """How far an upload is: rows that were sent or refused so far, and problems so far."""

    rows: int
    problems: int


@dataclass
class Uploaded:
    """What became of the rows: facts that were created, changed or as stated before, and the rows that were refused."""

    upload_id: str
    rows: int = 0
    created: int = 0
    changed: int = 0
    same: int = 0
    problems: list[RowProblem] = field(default_factory=list)


class UploadStopped(CitygraphError):
    """An upload stopped. What `result` counts is stored.

    Call `upload` again with the same rows and `upload_id=stopped.upload_id`: what is stored already is not stored twice, and is
    counted as it was the first time.
    """

    def __init__(self, result: Uploaded, cause: CitygraphError) -> None:
        super().__init__(f"The upload stopped after {result.rows} rows: {cause}")
        self.result = result
        self.upload_id = result.upload_id
        self.cause = cause


class Upload:
    """An upload.

    `field` is a mutation such as `upsertVisits`. `rows` are mappings, or the path of a file that ends in .csv, .tsv, .jsonl or
    .ndjson. With `partial` (the default) good rows are written though others of their batch are refused. `batch` is the most
    facts of a request. `upload_id` names the upload: the same rows under the same id are written once. `schema` is the schema as
    text, or a path to it, for servers without introspection.
    """

    def __init__(
        self,
        field: str,
        rows: Iterable[Mapping[str, Any]] | str | Path,
        *,
        partial: bool = True,
        batch: int = MOST_FACTS,
        upload_id: str | None = None,
        schema: str | Path | None = None,
    ) -> None:
        if not 1 <= batch <= MOST_FACTS:
            raise BadDocument(f"`batch` is {batch}; accepted are 1 to {MOST_FACTS:,}.")
        if upload_id is not None and not 1 <= len(upload_id) <= 120:
            raise BadDocument(f"`upload_id` has {len(upload_id)} characters; accepted are 1 to 120.")
        self.field, self.rows, self.partial, self.batch, self.schema = field, rows, partial, batch, schema
        self.result = Uploaded(upload_id or str(uuid.uuid4()))
        self._table = is_table(rows)
        self._shapes = Shapes()

    def parts(self, core: Core) -> "Iterator[Steps[Progress | None]]":
        """Yield the parts of the work; each must be done before the next is taken."""
        yield self._prepared(core)
        batches, sent = self._batches(), False
        while True:
            try:
                batch = next(batches, None)
            except BadDocument as error:
                if not sent:
                    raise
                raise UploadStopped(self.result, error) from error
            if batch is None:
                return
            sent = True
            yield self._written(core, batch)

    def _prepared(self, core: Core) -> "Steps[Progress | None]":
        if self.schema is None:
            self._shapes = yield from asked(core, self.field, inputs=self._table)
        else:
            self._shapes = read_sdl(_text(self.schema))
        self._shapes.of_rows(self.field)
        return None

    def _batches(self) -> Iterator[list[Row]]:
        batch, facts, size = list[Row](), 0, 0
        for row in read(self.rows, self.field, self._shapes):
            more_bytes, problem = 0, row.problem
            if problem is None:
                try:
                    more_bytes = len(_json(row.value)) + 1
                except BadDocument as error:
                    problem = RowProblem(row.number, "", "INVALID", str(error), (), row.line)
            if problem is not None:
                self.result.problems.append(problem)
                self.result.rows += 1
                continue
            more_facts = counted(row.value)
            if batch and (facts + more_facts > self.batch or size + more_bytes > MOST_BYTES):
                yield batch
                batch, facts, size = [], 0, 0
            batch.append(row)
            facts, size = facts + more_facts, size + more_bytes
        if batch:
            yield batch

    def _written(self, core: Core, batch: list[Row]) -> "Steps[Progress | None]":
        try:
            yield from self._sent(core, batch)
        except (TransportError, GraphQLErrors) as error:
            raise UploadStopped(self.result, error) from error
        self.result.problems.sort(key=lambda each: each.row)
        return Progress(self.result.rows, len(self.result.problems))

    def _sent(self, core: Core, batch: list[Row]) -> Steps[None]:
        """Send a batch; in halves if the server takes less."""
        rows = [row.value for row in batch]
        content = hashlib.sha256(_json([self.field, self.partial, rows])).hexdigest()[:32]
        variables = {
            "rows": rows,
            "partial": self.partial,
            # It holds what is sent: a row that was corrected meanwhile makes another request.
            "requestId": f"{self.result.upload_id}/{batch[0].number}/{content}",
        }
        text = (
            f"mutation ($rows: {self._shapes.of_rows(self.field)}, $partial: Boolean, $requestId: ID) {{ {self.field}"
            "(rows: $rows, partial: $partial, requestId: $requestId) "
            "{ created changed same problems { path code message accepted } } }"
        )
        try:
            data = yield from core.mutate(text, variables)
        except GraphQLErrors as error:
            yield from self._without(core, batch, _wrong(error, batch))
            return
        except TooLarge:
            if len(batch) == 1:
                raise
            half = len(batch) // 2
            yield from self._sent(core, batch[:half])
            yield from self._sent(core, batch[half:])
            return
        answer = data[self.field]
        for name in ("created", "changed", "same"):
            setattr(self.result, name, getattr(self.result, name) + answer[name])
        self.result.problems += [_problem(each, batch) for each in answer["problems"]]
        self.result.rows += len(batch)

    def _without(self, core: Core, batch: list[Row], wrong: dict[int, RowProblem]) -> Steps[None]:
        """Send a batch without the rows of which a value has the wrong type; the server reads no row of a batch with one."""
        self.result.problems += wrong.values()
        good = [row for row in batch if row.number not in wrong] if self.partial else []
        self.result.rows += len(batch) - len(good)
        if good:
            yield from self._sent(core, good)


def _wrong(error: GraphQLErrors, batch: list[Row]) -> dict[int, RowProblem]:
    """Return the problem of each row, by its number, that an answer refuses for its types; raise it again if it says more."""
    found: dict[int, RowProblem] = {}
    for each in error.errors:
        at = _TYPE.match(each.message)
        if each.code != "BAD_USER_INPUT" or at is None or int(at[1]) >= len(batch):
            raise error
        row = batch[int(at[1])]
        found.setdefault(row.number, RowProblem(row.number, at[2], "INVALID", at[3], (), row.line))
    return found


def counted(value: Any) -> int:
    """Return how many facts a row has: itself, and one for each object in a list of it."""
    lists = [each for each in value.values() if isinstance(each, list | tuple)] if isinstance(value, Mapping) else []
    return 1 + sum(counted(each) for every in lists for each in every if isinstance(each, Mapping))


def _problem(given: Mapping[str, Any], batch: list[Row]) -> RowProblem:
    found = _AT.match(given["path"])
    row = batch[min(int(found[1]), len(batch) - 1)] if found else batch[0]
    named = found[2] if found else given["path"]
    return RowProblem(row.number, named, given["code"], given["message"], tuple(given["accepted"]), row.line)


def _json(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True).encode()
    except (TypeError, ValueError) as error:
        raise BadDocument(f"A row cannot be sent as JSON: {error}.") from None


def _text(schema: str | Path) -> str:
    """Return a schema: a path is read, a text with more than one line is itself."""
    return schema if isinstance(schema, str) and "\n" in schema else Path(schema).read_text(encoding="utf-8")
