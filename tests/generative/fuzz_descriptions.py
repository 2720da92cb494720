"""A fuzzer (atheris) of everything that reads a manifest or a description: run it for as long as you like.

    .venv/bin/python tests/generative/fuzz_descriptions.py -atheris_runs=1000000

It stops at the first input that raises anything but ManifestError, and keeps that input.
"""

import json
import sys
import tempfile
from pathlib import Path

import atheris

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

with atheris.instrument_imports(include=["corpus_audit.manifest", "yaml", "json"]):
    from corpus_audit.errors import ManifestError
    from corpus_audit.manifest.adapters import find_adapter
    from corpus_audit.manifest.documents import read_document
    from corpus_audit.manifest.native import decode, parse_manifest

from unit.adapters.samples import SAMPLES  # noqa: E402 - found once the path is set

NAMES = ("a.json", "a.yaml", "README.md")


def read(received: bytes) -> None:
    """Read some bytes in every way that the first of them does not rule out."""
    name = NAMES[received[0] % len(NAMES)] if received else NAMES[0]
    try:
        document, _ = read_document(decode(received[1:]), name)
        adapter = find_adapter(document)
        if adapter is not None:
            adapter.convert(document)
        parse_manifest(received[1:], Path(name).suffix)
    except ManifestError as error:
        str(error)


def main() -> None:
    """Fuzz, beginning with the samples of every format."""
    with tempfile.TemporaryDirectory() as folder:
        for number, sample in enumerate(sample for samples in SAMPLES.values() for sample in samples):
            is_card = isinstance(sample.content, str)
            text = sample.content if is_card else json.dumps(sample.content)
            Path(folder, str(number)).write_bytes(bytes([2 if is_card else 0]) + text.encode())
        atheris.Setup([*sys.argv, folder], read)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
