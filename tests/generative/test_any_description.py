"""Whatever is said in another format becomes a valid manifest and problems with places, or is refused in words."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_audit.errors import ManifestError
from corpus_audit.manifest.adapters import find_adapter
from corpus_audit.manifest.conversion.result import Conversion
from corpus_audit.manifest.documents import read_document
from corpus_audit.manifest.dump import dump_manifest
from corpus_audit.manifest.native import parse_manifest
from generative.manifest_strategies import ANYTHING
from unit.adapters.samples import SAMPLES

TREES = {name: [s.content for s in samples if isinstance(s.content, dict)] for name, samples in SAMPLES.items()}
CARDS = [sample.content for sample in SAMPLES["huggingface-card"]]
YAML_SIGNS = [b"\n", b": ", b"- ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!x ", b"'", b"\0"]
HOSTILE = st.sampled_from(
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "../../../etc/passwd",
        "<script>alert(1)</script>",
        "\u202egnp.exe",
        "a\x00b",
        "\ud800",
        "{{7*7}}",
        "=cmd|'/c calc'!A0",
        "x" * 30_000,
        10**400,
        -1,
        1.5,
        [],
        {},
        [[]],
        [None],
        {"@id": None},
        {"@id": {"@id": "x"}},
        {"@value": []},
        "#{a/b}",
        "**/" * 40,
        "{a,b}" * 30,
    ]
)


def convert(text: str, name: str) -> Conversion | None:
    """Return what a document becomes, None when it is refused or in no format that is known."""
    try:
        document, _ = read_document(text, name)
        adapter = find_adapter(document)
        return adapter.convert(document) if adapter is not None else None
    except ManifestError:
        return None


def check(conversion: Conversion, tree: Any) -> None:
    """Look at everything that is promised of a conversion: a manifest that loads again, and places that are there."""
    written = dump_manifest(conversion.manifest, "json")
    assert parse_manifest(written.encode(), ".json") == conversion.manifest
    for pointer in [*conversion.origins.values(), *(problem.pointer for problem in conversion.problems)]:
        assert find(tree, pointer), pointer


def find(tree: Any, pointer: str) -> bool:
    """Does a JSON pointer lead to something? Half of a surrogate pair is written '?', so such steps are let through."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if "?" in name:
            return True
        if isinstance(tree, list) and name.isdigit() and int(name) < len(tree):
            tree = tree[int(name)]
        elif isinstance(tree, dict) and name in tree:
            tree = tree[name]
        else:
            return False
    return True


def damage(tree: Any, data: st.DataObject) -> Any:
    """Return a copy of a tree in which a few values, wherever they are, became something else."""
    damaged = copy.deepcopy(tree)
    for _ in range(data.draw(st.integers(1, 4))):
        place = damaged
        while isinstance(place, dict | list) and place:
            key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
            if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.integers(0, 3)) == 0:
                place[key] = copy.deepcopy(data.draw(HOSTILE | ANYTHING))
                break
            place = place[key]
    return damaged


@pytest.mark.parametrize("name", [name for name, trees in TREES.items() if trees])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_description_is_converted_with_its_problems_in_place(name: str, data: st.DataObject) -> None:
    tree = damage(data.draw(st.sampled_from(TREES[name])), data)
    conversion = convert(json.dumps(tree), "description.json")
    if conversion is not None:
        check(conversion, tree)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_damaged_card_is_converted(data: st.DataObject) -> None:
    text = bytearray(data.draw(st.sampled_from(CARDS)).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        piece = data.draw(
            st.sampled_from([b"\n", b": ", b"- ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!!x ", b"'", b"\0"])
        )
        text[start : start + data.draw(st.integers(0, 6))] = piece
    conversion = convert(text.decode(errors="replace"), "README.md")
    if conversion is not None:
        written = dump_manifest(conversion.manifest, "yaml")
        assert parse_manifest(written.encode(), ".yaml") == conversion.manifest


def test_the_parsers_stand_a_fuzzer(tmp_path: Path) -> None:
    """Atheris drives them with inputs that reach new code; the same seed gives the same run."""
    pytest.importorskip("atheris")
    program = Path(__file__).parent / "fuzz_descriptions.py"
    options = ["-atheris_runs=4000", "-seed=1", "-max_len=4096", "-timeout=10", f"-artifact_prefix={tmp_path}/"]
    ran = subprocess.run([sys.executable, program, *options], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert "Done" in ran.stderr
