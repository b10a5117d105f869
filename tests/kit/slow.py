"""A question within every limit whose statement takes longer than a test waits: for what happens meanwhile."""

import pytest

_NONE = " ".join("{population: {eq: -%d}}" % number for number in range(1, 9))
_ONE = "{country: {cities: {some: {twins: {some: {or: [%s]}}}}}}" % _NONE
SLOW = "query Slow { cities(where: {or: [%s]}) { totalCount } }" % " ".join([_ONE] * 10)

LEFT = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
"""The driver (6.4.1) leaves the socket of a connection that is cancelled while it opens to the garbage collector."""
