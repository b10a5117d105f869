"""The attack list: every kind of hostile client that is known. In: nothing. Out: KINDS, each with a name and a sentence."""

from tests.kit.hostile.connections import CONNECTIONS
from tests.kit.hostile.documents import DOCUMENTS
from tests.kit.hostile.floods import FLOODS
from tests.kit.hostile.kind import Kind
from tests.kit.hostile.peer import Peer
from tests.kit.hostile.requests import REQUESTS
from tests.kit.hostile.sockets import SOCKETS
from tests.kit.hostile.tools import TOOLS
from tests.kit.hostile.variables import VARIABLES

KINDS: tuple[Kind, ...] = (*DOCUMENTS, *VARIABLES, *FLOODS, *REQUESTS, *CONNECTIONS, *SOCKETS, *TOOLS)

__all__ = ["KINDS", "Kind", "Peer"]
