"""Folders that the datasets package itself saved, with training records that leaked into the test split."""

from pathlib import Path
from typing import Any

import pytest

datasets = pytest.importorskip("datasets")

LICENSE = "CC-BY-4.0"


def text_of(split: str, row: int) -> str:
    """Return a text that no other row resembles."""
    return " ".join(f"{split}{row}word{place}" for place in range(120))


def rows_of(split: str, rows: int) -> list[str]:
    """Return the texts of a split."""
    return [text_of(split, row) for row in range(rows)]


def saved_split(texts: list[str], license_: str = LICENSE) -> Any:
    """Return a dataset of texts with an id each, and what is said of it."""
    features = datasets.Features({"id": datasets.Value("string"), "text": datasets.Value("string")})
    info = datasets.DatasetInfo(
        description="Notes of a harbour office.",
        citation="@misc{notes}",
        homepage="https://example.org/notes",
        license=license_,
        features=features,
    )
    return datasets.Dataset.from_dict({"id": [str(n) for n in range(len(texts))], "text": texts}, info=info)


def write_leaked(folder: Path) -> Path:
    """Save three splits: of ten test records one is a training record, another differs from one by one word."""
    train = rows_of("train", 40)
    test = [*rows_of("test", 8), train[3], train[7].replace("word60", "changed")]
    splits = {"train": train, "validation": rows_of("validation", 5), "test": test}
    datasets.DatasetDict({name: saved_split(texts) for name, texts in splits.items()}).save_to_disk(folder)
    return folder
