"""The same map and reduce over this process, its threads, or a Dask cluster.

Work is cut into blocks by the data alone, never by the number of workers, and results are combined in block order:
so the same input gives the same output, however many hands there are.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Protocol, TypeVar

Block = TypeVar("Block")
Result = TypeVar("Result")


class Compute(Protocol):
    """Where blocks of work are done."""

    def hold(self, blocks: Sequence[Any]) -> Sequence[Any]:
        """Bring blocks to where the work is done; what returns is given to `map` any number of times."""

    def map(self, function: Callable[..., Result], held: Sequence[Any], *shared: Any) -> Iterable[Result]:
        """`function(block, *shared)` for every block that `hold` returned, in order."""


class Here:
    """In this process, by `threads` threads (default: one for every processor this process may use).

    numpy and scipy release the interpreter's lock in their inner loops, so threads share the votes without a copy.
    Work that is itself done by one of the threads goes on in that thread: it never waits for its own kind.
    """

    def __init__(self, threads: int | None = None) -> None:
        available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self.threads = max(1, threads or available or 1)

    def hold(self, blocks: Sequence[Block]) -> Sequence[Block]:
        return blocks

    def map(self, function: Callable[..., Result], held: Sequence[Any], *shared: Any) -> Iterable[Result]:
        if self.threads == 1 or len(held) == 1 or getattr(_worker, "busy", False):
            return [function(block, *shared) for block in held]
        return list(_pool(self.threads).map(lambda block: function(block, *shared), held))


class Cluster:
    """On a Dask cluster; `client` is a `distributed.Client`. Dask itself is never imported here."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def hold(self, blocks: Sequence[Any]) -> Sequence[Any]:
        held: Sequence[Any] = self.client.scatter(list(blocks), hash=False)
        return held

    def map(self, function: Callable[..., Result], held: Sequence[Any], *shared: Any) -> Iterable[Result]:
        spread = [self.client.scatter(value, broadcast=True, hash=False) for value in shared]
        futures = [self.client.submit(function, block, *spread, pure=False) for block in held]
        results: list[Result] = self.client.gather(futures)
        return results


_worker = threading.local()


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """The threads, kept: one pass over a small conversation takes less time than to start them."""
    return ThreadPoolExecutor(
        threads, thread_name_prefix="intercity", initializer=lambda: setattr(_worker, "busy", True)
    )


if hasattr(os, "register_at_fork"):  # a forked child has none of its parent's threads
    os.register_at_fork(after_in_child=_pool.cache_clear)
