"""The tables of every adapter say what it does: they are its documentation."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from corpus_audit.manifest.adapters import ADAPTERS
from corpus_audit.manifest.conversion.adapter import Adapter
from corpus_audit.manifest.conversion.mapping import Carried
from corpus_audit.manifest.documents import read_document
from unit.adapters.samples import SAMPLES

_ROOTS = (("/sources/0/files", "file"), ("/sources/0", "source"), ("/dataset", "dataset"))


def _target_of(pointer: str) -> str:
    """Return the field that a pointer into a manifest leads to, as tables spell it."""
    pointer = re.sub(r"^/sources/\d+", "/sources/0", pointer)
    root, kind = next((root, kind) for root, kind in _ROOTS if pointer.startswith(root + "/"))
    steps = [step for step in pointer.removeprefix(root).split("/") if step and not step.isdigit()]
    return ".".join((kind, *steps))


def _passes_through(pointer: str, field: str) -> bool:
    steps = [step for step in pointer.split("/") if step and not step.isdigit()]
    wanted = field.split("/")
    return any(steps[at : at + len(wanted)] == wanted for at in range(len(steps)))


def _origins(adapter: Adapter, load: Callable[..., Any]) -> list[tuple[str, str]]:
    found = []
    for sample in SAMPLES[adapter.name]:
        loaded = load(sample.content, sample.name, sample.files)
        assert loaded.format == adapter.name
        found += [(_target_of(origin.pointer), origin.received_pointer) for origin in loaded.origins]
    return found


def test_every_adapter_has_samples() -> None:
    assert set(SAMPLES) == {adapter.name for adapter in ADAPTERS}


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_every_field_that_is_carried_arrives(adapter: Adapter, load: Callable[..., Any]) -> None:
    origins = _origins(adapter, load)
    missing = [row for table in adapter.tables for row in table.carried if not _arrives(row, origins)]
    assert missing == []


def _arrives(row: Carried, origins: list[tuple[str, str]]) -> bool:
    pointers = [received for target, received in origins if target == row.target.removesuffix("[]")]
    # What the adapter's own code carries may come from several places; that something comes is asked of it.
    return bool(pointers) if row.read is None else any(_passes_through(pointer, row.field) for pointer in pointers)


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_nothing_arrives_that_no_table_names(adapter: Adapter, load: Callable[..., Any]) -> None:
    assert {target for target, _ in _origins(adapter, load)} <= adapter.targets


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda adapter: adapter.name)
def test_a_description_is_recognised_by_its_own_adapter_only(adapter: Adapter, load: Callable[..., Any]) -> None:
    for sample in SAMPLES[adapter.name]:
        text = sample.content if isinstance(sample.content, str) else json.dumps(sample.content)
        document, problems = read_document(text, sample.name)
        assert problems == ()
        assert [known.name for known in ADAPTERS if known.recognises(document)] == [adapter.name]
