"""Several questions under way at once. In: coroutines. Out: their results, in the order given."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

Result = TypeVar("Result")

UNDER_WAY = 3
"""How many run at once: while the database works for one, the others are prepared and compared."""


async def together(work: Iterable[Coroutine[Any, Any, Result]]) -> list[Result]:
    """Run coroutines, a few at a time."""
    free = asyncio.Semaphore(UNDER_WAY)

    async def one(each: Coroutine[Any, Any, Result]) -> Result:
        async with free:
            return await each

    return await asyncio.gather(*map(one, work))
