"""How long it takes to validate a large manifest, to convert a large description, and to convert a mixture.

Prints seconds of processor time, and for reading JSON and YAML the ratio to the bare parser in the same run.
Run: .venv/bin/python benchmarks/manifests.py [--files 100000] [--datasets 500]
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.load import load_manifest

_CONTEXT = {
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
}


def main() -> None:
    """Print one line a measurement."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=100_000)
    options.add_argument("--datasets", type=int, default=500)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure_files(Path(folder), chosen.files)
        measure_mixture(Path(folder, "mixture"), chosen.datasets)


def measure_files(folder: Path, count: int) -> None:
    """Validate one manifest of many files, as JSON and YAML, and one Croissant description of as many."""
    files = [{"path": f"part-{n // 1000}/{n}.txt", "size_bytes": n, "sha256": f"{n:064x}"} for n in range(count)]
    manifest = {"manifest_version": "1", "dataset": {"id": "d"}, "sources": [{"id": "s", "files": files}]}
    as_json, as_yaml, described = folder / "m.json", folder / "m.yaml", folder / "croissant.json"
    as_json.write_text(json.dumps(manifest))
    as_yaml.write_text(dump_manifest(load_manifest(as_json).manifest, "yaml"))
    objects = [file_object(n) for n in range(count)]
    described.write_text(json.dumps(croissant("large", objects)))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    title = f"{count:,} files"
    report(f"{title}, JSON", seconds(load_manifest, as_json), seconds(lambda p: json.loads(p.read_bytes()), as_json))
    peer = seconds(lambda path: yaml.load(path.read_bytes(), loader), as_yaml)
    report(f"{title}, YAML", seconds(load_manifest, as_yaml), peer)
    report(f"{title}, Croissant", seconds(load_manifest, described))


def measure_mixture(folder: Path, count: int) -> None:
    """Convert a manifest that includes many Croissant descriptions, one in three of them corrected."""
    includes = []
    for number in range(count):
        beside = folder / f"dataset-{number}"
        beside.mkdir(parents=True)
        objects = [file_object(n) for n in range(20)]
        (beside / "croissant.json").write_text(json.dumps(croissant(f"dataset {number}", objects)))
        for n in range(20):
            (beside / f"{n}.csv").touch()
        correction = {"set": {"license": {"expression": "CC-BY-4.0"}}, "reason": "asked"}
        corrections = [correction] if number % 3 == 0 else []
        includes.append({"path": f"dataset-{number}/croissant.json", "corrections": corrections})
    mixture = folder / "manifest.json"
    mixture.write_text(json.dumps({"manifest_version": "1", "dataset": {"id": "d"}, "include": includes}))

    def convert(path: Path) -> str:
        loaded = load_manifest(path)
        assert len(loaded.manifest.sources) == count
        return dump_manifest(loaded.manifest, "yaml")

    report(f"a mixture of {count:,} datasets, 20 files each, written as one manifest", seconds(convert, mixture))


def croissant(name: str, objects: list[Any]) -> dict[str, Any]:
    """Return a complete Croissant description of some files."""
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": name,
        "description": "Made up for a benchmark.",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "url": "https://example.org",
        "creator": {"@type": "Person", "name": "Nobody"},
        "datePublished": "2026-01-01",
        "distribution": objects,
    }


def file_object(number: int) -> dict[str, Any]:
    """Return the description of one file."""
    return {
        "@type": "cr:FileObject",
        "@id": f"file-{number}",
        "name": f"file-{number}",
        "contentUrl": f"{number}.csv",
        "encodingFormat": "text/csv",
        "sha256": f"{number:064x}",
    }


def seconds(work: Callable[[Path], Any], path: Path) -> float:
    """Return the processor time that some work takes."""
    started = time.process_time()
    work(path)
    return time.process_time() - started


def report(title: str, taken: float, peer: float | None = None) -> None:
    """Print one measurement."""
    ratio = f", {taken / peer:.1f} times the bare parser" if peer else ""
    sys.stdout.write(f"{title}: {taken:.2f} s{ratio}\n")


if __name__ == "__main__":
    main()
