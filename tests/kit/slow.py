"""A question within every limit whose statement takes longer than a test waits: for what happens meanwhile."""

_NONE = " ".join("{population: {eq: -%d}}" % number for number in range(1, 9))
_ONE = "{country: {cities: {some: {twins: {some: {or: [%s]}}}}}}" % _NONE
SLOW = "query Slow { cities(where: {or: [%s]}) { totalCount } }" % " ".join([_ONE] * 10)
