"""Write the generated pages of docs/reference, or with --check say which of them are stale.

Everything there comes from the code: column dictionary, detectors, JSON Schemas, command line, environment variables,
rules of each pack.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

from corpus_audit import schemas
from corpus_audit.config import ENVIRONMENT_PREFIX, Settings, variables
from corpus_audit.export.form import form_json_schema
from corpus_audit.export.openlineage_facet import facet_json_schema
from corpus_audit.manifest.adapters import ADAPTERS
from corpus_audit.manifest.conversion.formats_docs import formats_page
from corpus_audit.manifest.json_schema import manifest_json_schema
from corpus_audit.measure.detection.detectors_docs import detectors_reference
from corpus_audit.policy.packs import available_packs, load_pack
from corpus_audit.policy.rules_docs import expectations_reference, pack_reference
from corpus_audit.report.model import report_json_schema

PROJECT = Path(__file__).parents[1]
REFERENCE = PROJECT / "docs" / "reference"
_READERS = {"src": "*.py", "dags": "*.py", "plugins": "*.py", "scripts": "*.sh"}
_READ_VARIABLE = re.compile(rf'\b{ENVIRONMENT_PREFIX}([A-Z_]+)|ENVIRONMENT_PREFIX(?:}}| \+ ")([A-Z_]+)')
_COMMANDS = (
    "",
    "audit",
    "report",
    "history",
    "export",
    "bundle",
    "verify",
    "keys",
    "keys create",
    "serve",
    "ledger",
    "ledger decide",
    "ledger list",
    "ledger verify",
    "manifest",
    "manifest from-environment",
    "manifest init",
    "manifest convert",
    "manifest validate",
    "pack",
    "pack list",
    "pack explain",
    "pack lint",
)


def tables_page() -> str:
    """Return the column dictionary: every stored table, its key, and each column's type and meaning."""
    lines = ["# Tables", "", "Generated from `src/corpus_audit/schemas/`. Columns in bold identify a row.", ""]
    for folder, table in _placed_tables():
        lines += [f"## {folder}/{table.name}", "", f"A row is {table.row}.", "", "| column | type | meaning |"]
        lines += ["|---|---|---|"]
        for field in table.schema:
            name = f"**{field.name}**" if field.name in table.key else field.name
            lines.append(f"| {name} | {field.type} | {field.metadata[b'description'].decode()} |")
        lines.append("")
    return "\n".join(lines)


def _placed_tables() -> list[tuple[str, schemas.Table]]:
    evidence = [("gather", table) for table in schemas.EVIDENCE]
    known = {id(table) for _, table in evidence}
    return [("", table) for table in schemas.ALL_TABLES if id(table) not in known] + evidence


def command_line_page() -> str:
    """Return every command's --help, as it is printed at 100 columns."""
    lines = ["# Command line", "", "Generated from `corpus-audit --help` and its commands.", ""]
    for command in _COMMANDS:
        name = f"corpus-audit {command}".strip()
        lines += [f"## {name}", "", "```text", _help(command.split()), "```", ""]
    return "\n".join(lines)


def _help(command: list[str]) -> str:
    program = [sys.executable, "-m", "corpus_audit", *command, "--help"]
    environment = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "PATH": "/usr/bin:/bin"}
    shown = subprocess.run(program, capture_output=True, text=True, check=True, env=environment).stdout
    return re.sub(r"[ \t]+$", "", shown, flags=re.MULTILINE).strip().replace("python -m corpus_audit", "corpus-audit")


def configuration_page() -> str:
    """Return the table of environment variables.

    Raises SystemExit when the code reads one that is not described, or one is described that nothing reads.
    """
    described = variables()
    settings = {setting.name.upper() for setting in fields(Settings)}
    if wrong := (variables_read() | settings) ^ {variable.name for variable in described}:
        sys.exit(f"Described in corpus_audit/config.py and not read, or the other way: {', '.join(sorted(wrong))}")
    lines = ["# Configuration", "", "Generated from `src/corpus_audit/config.py`: every variable that is read.", ""]
    lines += ["| variable | meaning | without it | read by |", "|---|---|---|---|"]
    for it in described:
        lines.append(f"| `{ENVIRONMENT_PREFIX}{it.name}` | {it.meaning} | {it.default or 'nothing'} | {it.readers} |")
    lines += [
        "",
        "Credentials of buckets have the names that providers give them: see [data formats](../data-formats.md).",
        "",
    ]
    return "\n".join(lines)


def variables_read() -> set[str]:
    """Return the names, without the prefix, of the variables that code, DAGs, plugins and scripts speak of."""
    paths = [path for folder, kind in _READERS.items() for path in (PROJECT / folder).rglob(kind)]
    found = (match for path in paths for match in _READ_VARIABLE.finditer(path.read_text(encoding="utf-8")))
    return {match[1] or match[2] for match in found}


def _as_json(schema: Callable[[], Mapping[str, object]]) -> Callable[[], str]:
    return lambda: json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def pages() -> dict[str, Callable[[], str]]:
    """Return what writes each generated page, by file name."""
    rules = {
        f"rules-{name}.md": (lambda name=name: pack_reference(load_pack(name)))  # type: ignore[misc]
        for name in available_packs()
    }
    return {
        "tables.md": tables_page,
        "command-line.md": command_line_page,
        "configuration.md": configuration_page,
        "../formats.md": lambda: formats_page(ADAPTERS),
        "detectors.md": detectors_reference,
        "expectations.md": expectations_reference,
        "manifest.schema.json": _as_json(manifest_json_schema),
        "report.schema.json": _as_json(report_json_schema),
        "form.schema.json": _as_json(form_json_schema),
        "openlineage-facet.schema.json": _as_json(facet_json_schema),
        **rules,
    }


def main() -> int:
    """Write the pages, or report the stale ones; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")
    check = parser.parse_args().check
    REFERENCE.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, write in pages().items():
        path, text = REFERENCE / name, write()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'stale' if check else 'written'}: {', '.join(stale)}" + (" (run: make docs)" if check else ""))
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
