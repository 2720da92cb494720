"""Datasets to audit, and the DAGs that the documentation prints."""

import hashlib
import json
import re
from pathlib import Path


def code_of(page: Path, name: str) -> str:
    """Return the example of a page that holds a name."""
    (found,) = (code for code in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL) if name in code)
    return str(found)


def write_manifest(folder: Path, dataset: str, text: str = "", present: str = "no") -> Path:
    """Write a dataset of one file that is described in full, and return its manifest."""
    folder.mkdir(parents=True)
    rows = [
        {"text": f"The harbour office writes down ship {n} of {dataset}, its berth and its load. {text}"} for n in "ab"
    ]
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    (folder / "rows.jsonl").write_bytes(content)
    (folder / "terms.txt").write_text("CC0 1.0 Universal", "utf-8")
    file = {"path": "rows.jsonl", "size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    source = {
        "id": "rows",
        "kind": "public-dataset",
        "origin": {"url": "https://example.org/rows"},
        "collector": "Harbour office",
        "collection": {"method": "download", "from": "2025-01-01", "until": "2025-02-01"},
        "license": {"expression": "CC0-1.0", "evidence": [{"kind": "text", "file": "terms.txt"}]},
        "synthetic": {"generated": "no"},
        "personal_information": {"present": present},
        "files": [file],
    }
    described = {"id": dataset, "version": "1", "issuer": "Harbour office", "release": "no"}
    document = {"manifest_version": "1", "dataset": described, "sources": [source]}
    manifest = folder / "manifest.yaml"
    manifest.write_text(json.dumps(document), "utf-8")
    return manifest
