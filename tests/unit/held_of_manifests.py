"""Print how many bytes are held of each file of a manifest while it is read, at most; the text is counted."""

import json
import sys
import tracemalloc

from corpus_audit.manifest.native import parse_manifest

SOURCES, FILES_EACH = 500, 40


def manifest_text() -> bytes:
    """Return a manifest of many files, as JSON."""
    sources = [
        {
            "id": f"source-{number:05}",
            "files": [
                {
                    "path": f"folder/source-{number:05}/{n}.txt",
                    "size_bytes": 200 + n,
                    "sha256": f"{number * 40 + n:064x}",
                }
                for n in range(FILES_EACH)
            ],
        }
        for number in range(SOURCES)
    ]
    return json.dumps({"manifest_version": "1", "dataset": {"id": "many"}, "sources": sources}).encode()


def bytes_held_of_a_file() -> float:
    """Return the most bytes that were held at a time, for each file."""
    received = manifest_text()
    tracemalloc.start()
    manifest = parse_manifest(received, ".json")
    _, peak = tracemalloc.get_traced_memory()
    if len(manifest.sources) != SOURCES:
        raise RuntimeError
    return peak / (SOURCES * FILES_EACH)


if __name__ == "__main__":
    sys.stdout.write(str(bytes_held_of_a_file()))
