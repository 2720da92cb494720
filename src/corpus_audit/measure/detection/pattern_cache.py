"""Pattern databases of hyperscan that were compiled before, kept in the user's cache folder.

Compiling all anchors takes seconds, in each process; loading what was compiled takes a millisecond.
"""

import hashlib
import json
import platform
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import hyperscan

from corpus_audit.config.user_cache import keep, read_kept
from corpus_audit.measure.compiling_alone import one_at_a_time

_MODE = hyperscan.HS_MODE_BLOCK

Expression = tuple[int, str, int]
"""The number that a match is reported by, the expression, and hyperscan's flags."""


@lru_cache
def compiled(expressions: tuple[Expression, ...]) -> hyperscan.Database:
    """Return a database of the expressions, from the cache where it holds one."""
    return compiled_from(expressions, lambda: expressions)


def compiled_from(made_from: object, make: Callable[[], Sequence[Expression]]) -> hyperscan.Database:
    """Return a database of the expressions that *make* returns, from the cache where it holds one.

    *made_from* is all that they follow from, as JSON has it: where a database is kept, none of them is made.
    """
    name = _name(made_from)
    database = _load(name)
    if database is not None:
        return database
    with one_at_a_time(hashlib.sha256(name.encode()).digest()):
        database = _load(name)
        if database is None:
            database = compile_patterns(make())
            keep(name, hyperscan.dumpb(database))
    return database


def kept_from(made_from: object) -> "hyperscan.Database | None":
    """Return a database of what follows from *made_from*; None where the cache holds none."""
    return _load(_name(made_from))


def compile_patterns(expressions: Sequence[Expression]) -> hyperscan.Database:
    """Return a database of some expressions, which is not kept."""
    numbers, patterns, flags = zip(*expressions, strict=True)
    database = hyperscan.Database(mode=_MODE)
    encoded = [pattern.encode() for pattern in patterns]
    database.compile(expressions=encoded, ids=list(numbers), elements=len(encoded), flags=list(flags))
    return database


def _name(made_from: object) -> str:
    """Return what a database is kept as: it fits one version of hyperscan and one processor."""
    made_of = [version("hyperscan"), platform.machine(), _processor(), made_from]
    return f"patterns/{hashlib.sha256(json.dumps(made_of).encode()).hexdigest()}.hs"


@lru_cache
def _processor() -> str:
    """Return the processor's instruction sets: hyperscan compiles for the one it runs on."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith(("flags", "Features")):
                return line
    return platform.processor()


def _load(name: str) -> "hyperscan.Database | None":
    """Return a kept database; None where there is none that can be loaded."""
    kept = read_kept(name)
    with suppress(hyperscan.HyperscanError):
        return None if kept is None else hyperscan.loadb(kept, _MODE)
    return None
