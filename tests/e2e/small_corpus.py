"""Writes a small corpus with something of everything; and a clock that stands still."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import yaml

CANARY = "canary.person@mail-of-a-person.net"

POEM = "the tide went out and left the harbour floor to children looking for crabs under stones " * 4
SHARED = " ".join(f"word{i} of a passage that two sources hold alike" for i in range(40))


def describe(root: Path, source_id: str, files: dict[str, bytes], **claims: object) -> dict[str, object]:
    """Write a source's files and return its declaration, sizes and checksums included."""
    declared = []
    for name, content in sorted(files.items()):
        path = root / source_id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        declared.append({"path": f"{source_id}/{name}", "size_bytes": len(content), "sha256": digest})
    return {"id": source_id, "folders": [source_id], "files": declared, **claims}


def write_corpus(root: Path) -> Path:
    """Write the corpus under *root* and return its manifest."""
    sources = [
        describe(
            root,
            "open",
            {"a.txt": SHARED.encode(), "b.txt": POEM.encode(), "copy-of-b.txt": POEM.encode(), "c.md": b"# Title\n"},
            license={"expression": "MIT"},
        ),
        describe(
            root,
            "restricted",
            {
                "a.txt": (SHARED + " with one more clause at the end").encode(),
                "rows.jsonl": b'{"text": "a row"}\n{broken\n{"text": "another row"}\n',
            },
            license={"expression": "CC-BY-NC-4.0"},
        ),
        describe(
            root,
            "people",
            {"letters.csv": f"id,text\n1,write to {CANARY} soon\n2,nothing here\n".encode()},
            license={"expression": "some license nobody knows"},
            personal_information={"present": "no"},
        ),
    ]
    (root / "open" / "undeclared.txt").write_text("nobody declared this file")
    manifest = root / "manifest.yaml"
    document = {"manifest_version": "1", "dataset": {"id": "small", "title": "A small corpus"}, "sources": sources}
    manifest.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    return manifest


def standing_clock() -> datetime:
    """Return the same moment every time."""
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def clock_on(day: int) -> Callable[[], datetime]:
    """Return a clock that stands still so many days later; workers can be given it."""
    return partial(_moment_on, day)


def _moment_on(day: int) -> datetime:
    return standing_clock() + timedelta(days=day)
