"""Snapshots of opt-outs are kept with the audit; what cannot be read is a gap."""

from pathlib import Path

import pyarrow as pa

from corpus_audit.corpus.locations.local import LocalFolder
from corpus_audit.corpus.snapshots import MAX_BYTES, read_snapshots
from corpus_audit.schemas import CLAIMED_OPT_OUTS


def contents(root: Path, *rows: dict[str, object]) -> list[str | None]:
    numbered = [{"source_id": "s", "number": number, **row} for number, row in enumerate(rows)]
    table = read_snapshots(LocalFolder(root), pa.Table.from_pylist(numbered, schema=CLAIMED_OPT_OUTS.schema))
    assert table.schema.equals(CLAIMED_OPT_OUTS.schema)
    return list(table["content"].to_pylist())


def test_files_are_read_and_short_texts_kept(tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_bytes(b"\xef\xbb\xbfUser-agent: \xff")
    assert contents(tmp_path, {"file": "robots.txt"}, {"content": "noai"}) == ["User-agent: \ufffd", "noai"]


def test_what_is_missing_or_outside_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("secret")
    root = tmp_path / "root"
    root.mkdir()
    (root / "link").symlink_to(outside)
    assert contents(root, {"file": "missing"}, {"file": "link"}) == [None, None]


def test_long_files_are_read_in_part(tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(b"#" * (MAX_BYTES + 1))
    (content,) = contents(tmp_path, {"file": "long"})
    assert content is not None
    assert len(content) == MAX_BYTES
