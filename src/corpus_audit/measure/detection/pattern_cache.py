"""Pattern databases of hyperscan that were compiled before, kept in the user's cache folder.

Compiling all anchors takes seconds, in each process; loading what was compiled takes a millisecond.
"""

import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import hyperscan
import platformdirs

_DIGEST_BYTES = hashlib.sha256().digest_size
_MODE = hyperscan.HS_MODE_BLOCK

Expression = tuple[int, str, int]
"""The number that a match is reported by, the expression, and hyperscan's flags."""


@lru_cache
def compiled(expressions: tuple[Expression, ...]) -> hyperscan.Database:
    """Return a database of the expressions, from the cache where it holds one."""
    path = _path(expressions)
    database = _load(path)
    if database is None:
        database = _compile(expressions)
        # A cache that cannot be written costs time and no more.
        with suppress(OSError):
            _keep(path, hyperscan.dumpb(database))
    return database


def _compile(expressions: Sequence[Expression]) -> hyperscan.Database:
    numbers, patterns, flags = zip(*expressions, strict=True)
    database = hyperscan.Database(mode=_MODE)
    encoded = [pattern.encode() for pattern in patterns]
    database.compile(expressions=encoded, ids=list(numbers), elements=len(encoded), flags=list(flags))
    return database


def _path(expressions: Sequence[Expression]) -> Path:
    """Return where the database of the expressions is kept: it fits one version of hyperscan and one processor."""
    made_of = [version("hyperscan"), platform.machine(), _processor(), expressions]
    name = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()
    return platformdirs.user_cache_path("corpus-audit") / "patterns" / f"{name}.hs"


@lru_cache
def _processor() -> str:
    """Return the processor's instruction sets: hyperscan compiles for the one it runs on."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith(("flags", "Features")):
                return line
    return platform.processor()


def _load(path: Path) -> "hyperscan.Database | None":
    """Return a kept database; None where there is none of this user's own, or its bytes are not as they were."""
    with suppress(OSError, hyperscan.HyperscanError):
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_uid != os.geteuid():
                return None
            content = file.read()
        digest, database = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
        if hashlib.sha256(database).digest() == digest:
            return hyperscan.loadb(database, _MODE)
    return None


def _keep(path: Path, database: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(hashlib.sha256(database).digest() + database)
    Path(partial).replace(path)
