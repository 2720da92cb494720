"""Small files written atomically, and the JSON that most of them hold."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus_audit.errors import StoreError


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    write_pieces(path, [content])


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of pieces, of which one is in memory at a time, so that it is there whole or not at all."""
    partial = path.with_name(f".partial-{path.name}")
    with partial.open("wb") as target:
        target.writelines(pieces)
    partial.replace(path)


def write_json(path: Path, value: Any) -> None:
    """Write a value as readable JSON with sorted keys, whole or not at all."""
    write_bytes(path, as_json(value))


def as_json(value: Any) -> bytes:
    """Return a value as readable JSON with sorted keys."""
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def read_json(path: Path) -> Any:
    """Return a JSON file's value; raises StoreError when it is missing or broken."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read as JSON: {error}. Run the audit again; it rebuilds what is missing."
        raise StoreError(message) from error
