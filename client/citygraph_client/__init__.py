"""The Python client of citygraph. In: questions. Out: answers, rows, data frames, networks, events, and what was written."""

from citygraph_client.aio import AsyncClient
from citygraph_client.core import Retries
from citygraph_client.documents import Word
from citygraph_client.errors import (
    AnswerLost,
    AnswerTimedOut,
    BadDocument,
    Busy,
    CitygraphError,
    GraphQLErrors,
    MissingExtra,
    NotGraphQL,
    OneError,
    Refused,
    ServerAway,
    StreamEnded,
    TlsFailed,
    TooLarge,
    TransportError,
    Unauthenticated,
)
from citygraph_client.sync import Client
from citygraph_client.tables import RowProblem
from citygraph_client.uploads import Progress, Uploaded, UploadStopped

__all__ = [
    "AnswerLost",
    "AnswerTimedOut",
    "AsyncClient",
    "BadDocument",
    "Busy",
    "CitygraphError",
    "Client",
    "GraphQLErrors",
    "MissingExtra",
    "NotGraphQL",
    "OneError",
    "Progress",
    "Refused",
    "Retries",
    "RowProblem",
    "ServerAway",
    "StreamEnded",
    "TlsFailed",
    "TooLarge",
    "TransportError",
    "Unauthenticated",
    "UploadStopped",
    "Uploaded",
    "Word",
]
