"""What tests of adapters share: descriptions written to disk beside their files, and read."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from corpus_audit.manifest.load import load_manifest
from corpus_audit.manifest.loaded import LoadedManifest


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., LoadedManifest]:
    """Return what a description is read as, from a folder that holds it and some files."""

    def write_and_load(content: Any, name: str = "description.json", files: Mapping[str, str] | None = None) -> Any:
        for path, text in (files or {}).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_text(text)
        return load_manifest(tmp_path / name)

    return write_and_load
