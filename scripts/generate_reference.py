"""Write the generated pages of docs/reference, or list stale ones with --check.

Everything there comes from the code: column dictionary, detectors, JSON Schemas, command line, environment variables,
rules of each pack.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from corpus_audit import schemas
from corpus_audit.cli import app
from corpus_audit.config import ENVIRONMENT_PREFIX, PARAMETER_MEANINGS, Parameters, Settings, variables
from corpus_audit.corpus.field_roles.field_roles_docs import field_roles_reference
from corpus_audit.evidence import tables
from corpus_audit.export.form import form_json_schema
from corpus_audit.export.openlineage_facet import facet_json_schema
from corpus_audit.manifest.adapters import ADAPTERS
from corpus_audit.manifest.conversion.formats_docs import formats_page
from corpus_audit.manifest.json_schema import manifest_json_schema
from corpus_audit.measure.detection.detectors_docs import detectors_reference
from corpus_audit.pipeline.stage import Grain, Stage
from corpus_audit.pipeline.stages import STAGES
from corpus_audit.policy.packs import available_packs, load_pack
from corpus_audit.policy.rules_docs import expectations_reference, pack_reference
from corpus_audit.report.model import report_json_schema

PROJECT = Path(__file__).parents[1]
REFERENCE = PROJECT / "docs" / "reference"
_READERS = {"src": "*.py", "dags": "*.py", "scripts": "*.sh"}
# A name that ends in an underscore is the beginning of several.
_NAME = r"([A-Z]+(?:_[A-Z]+)*)(?![A-Z_])"
_READ_VARIABLE = re.compile(rf'\b{ENVIRONMENT_PREFIX}{_NAME}|ENVIRONMENT_PREFIX(?:}}| \+ "){_NAME}')


def tables_page() -> str:
    """Return the column dictionary: every stored table, the stages that write it, and each column's meaning."""
    lines = [
        "# Tables",
        "",
        "Generated from the declarations of tables and stages. Columns in bold identify a row.",
        "",
    ]
    for table in (*schemas.ALL_TABLES, *tables.EVIDENCE):
        lines += [
            f"## {table.name}",
            "",
            f"A row is {table.row}.{_written_by(table)}",
            "",
            "| column | type | meaning |",
        ]
        lines += ["|---|---|---|"]
        for field in table.schema:
            name = f"**{field.name}**" if field.name in table.key else field.name
            lines.append(f"| {name} | {field.type} | {field.metadata[b'description'].decode()} |")
        lines.append("")
    return "\n".join(lines)


def _written_by(table: schemas.Table) -> str:
    writers = " and ".join(f"`{stage.name}`" for stage in STAGES if table.name in stage.writes)
    return f" Written by {writers}." if writers else " No stage of an audit writes it."


def stages_page() -> str:
    """Return every stage in order: what it does, what it waits for, reads, writes and counts."""
    lines = [
        "# Stages",
        "",
        "Generated from `src/corpus_audit/pipeline/before_report.py` and `stages.py`, in the order in which they run.",
        "",
    ]
    for stage in STAGES:
        after = ", ".join(stage.after) or "nothing"
        lines += [
            f"## {stage.name}",
            "",
            stage.summary,
            "",
            f"- Waits for: {after}.",
            f"- Runs once for each: {_grain(stage)}.",
        ]
        lines += [f"- Reads of {earlier}: {_listed(names)}." for earlier, names in stage.reads.items()]
        lines += [f"- Writes: {_listed(stage.writes)}.", f"- Counts: {_listed(stage.figures)}.", ""]
    return "\n".join(lines)


def _grain(stage: Stage) -> str:
    return "shard" if stage.grain is Grain.SHARD else "audit"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def command_line_page() -> str:
    """Return every command's --help, as it is printed at 100 columns."""
    lines = ["# Command line", "", "Generated from `corpus-audit --help` and its commands.", ""]
    for command in _commands(get_command(app)):
        name = " ".join(("corpus-audit", *command))
        lines += [f"## {name}", "", "```text", _help(command), "```", ""]
    return "\n".join(lines)


def _commands(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words that call a command and, below it, every command of a group, in the order of its --help."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(below, (*path, name))


def _help(command: tuple[str, ...]) -> str:
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"})
    shown = runner.invoke(app, [*command, "--help"], prog_name="corpus-audit")
    if shown.exit_code != 0:
        sys.exit(f"corpus-audit {' '.join(command)} --help ends with exit code {shown.exit_code}")
    return re.sub(r"[ \t]+$", "", shown.output, flags=re.MULTILINE).strip()


def configuration_page() -> str:
    """Return the table of environment variables.

    Raises SystemExit when the code reads one that is not described, or one is described that nothing reads.
    """
    described = variables()
    settings = {setting.name.upper() for setting in fields(Settings)}
    if wrong := (variables_read() | settings) ^ {variable.name for variable in described}:
        sys.exit(f"Described in corpus_audit/config and not read, or the other way: {', '.join(sorted(wrong))}")
    lines = [
        "# Configuration",
        "",
        "Generated from `src/corpus_audit/config`: every variable that is read.",
        "",
    ]
    lines += ["| variable | meaning | without it | read by |", "|---|---|---|---|"]
    for it in described:
        lines.append(f"| `{ENVIRONMENT_PREFIX}{it.name}` | {it.meaning} | {it.default or 'nothing'} | {it.readers} |")
    lines += [
        "",
        "Credentials of buckets have the names that providers give them: see [data formats](../data-formats.md).",
        "Those of the store alone begin with `CORPUS_AUDIT_STORE_` ([buckets](../buckets.md)).",
        "",
    ]
    return "\n".join(lines)


def parameters_page() -> str:
    """Return every parameter of an audit: its meaning, unit, default and range."""
    defaults = Parameters()
    lines = ["# Parameters", "", "Generated from `src/corpus_audit/config`.", ""]
    lines += [*_PARAMETERS_INTRODUCTION, ""]
    lines += ["| name | meaning | unit | default | range |", "|---|---|---|---|---|"]
    for name, about in PARAMETER_MEANINGS.items():
        value = getattr(defaults, name)
        default = f"{value:g}" if isinstance(value, float) else value
        between = "fixed" if about.minimum is None else f"{about.minimum:g} to {about.maximum:.10g}"
        lines.append(f"| `{name}` | {about.meaning} | {about.unit or '–'} | {default} | {between} |")
    return "\n".join([*lines, *_PARAMETERS_MORE, ""])


_PARAMETERS_INTRODUCTION = """\
A parameter decides what an audit finds. Each place goes before those below it:

1. `corpus-audit audit --parameter NAME=VALUE` (may be repeated), or *Parameters* in Airflow's form (a mapping of names
   and values);
2. `parameters` of an entry in `audits.yaml`, which fills in the form of its DAG;
3. `parameters` in the `audit` section of the [manifest](../manifest.md#how-the-dataset-is-to-be-audited); of a
   manifest that another one includes, that section does not count;
4. the default.

Parameters are part of an audit's identity: other values are another audit. Shards are measured anew only where a
parameter of measuring differs. The report lists every value; what is not as it is by default stands in its summary too.
A wrong name or value is refused with its place and the nearest name.

Beside each value the report says where it was set: on the command line, in the form, in `audits.yaml`, by a program, in
the manifest, or by default. A value of the form that is as `audits.yaml` has it was set there. The place is no part of
the identity: the same values from another place are the same audit, which keeps the places of the run that began it
(`ingest/parameters`). A value is set at a place even where it is the default.
""".splitlines()
_PARAMETERS_MORE = """\
| `detectors.off` | Entity types that are not looked for, with commas between them (in YAML and JSON a list). | \
types | none | [detectors](detectors.md), and those of other packages |
| `rule:RULE.ARGUMENT` | A number that takes the place of the one in a policy pack. | of the rule | the pack's | \
any number |

`detectors.off=` with nothing behind it switches on again what the manifest switched off. An audit in which a detector
was switched off cannot pass: its [verdict](../verdict.md) is incomplete at best. The type stands under "what was not
checked", and exports that count personal information name the types that were not looked for.

A bound is an argument of a rule's expectation, such as `rule:baseline.exact-duplicates-bounded.max_value=0.5`, or a
number in its row condition, by the column: `rule:baseline.copies-under-looser-terms.row_condition.bytes=5000`. The
[rules](rules-baseline.md) show what each asks. The digest of a pack stays the pack's. The report shows the pack's
figure beside the one used; a critical rule that became looser is named among the reasons of the verdict.

Spans that score below `minimum_score` are in no other count and no rule; the evidence table `below_minimum_score` and
the summary say how many there are of each type.
""".splitlines()


def variables_read() -> set[str]:
    """Return the names, without the prefix, of the variables that code, DAGs and scripts speak of."""
    paths = [path for folder, kind in _READERS.items() for path in (PROJECT / folder).rglob(kind)]
    found = (match for path in paths for match in _READ_VARIABLE.finditer(path.read_text(encoding="utf-8")))
    return {match[1] or match[2] for match in found}


def _as_json(schema: Callable[[], Mapping[str, object]]) -> Callable[[], str]:
    return lambda: json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def pages() -> dict[str, Callable[[], str]]:
    """Return what writes each generated page, by file name."""
    rules = {f"rules-{name}.md": (lambda name=name: pack_reference(load_pack(name))) for name in available_packs()}
    return {
        "tables.md": tables_page,
        "stages.md": stages_page,
        "command-line.md": command_line_page,
        "configuration.md": configuration_page,
        "parameters.md": parameters_page,
        "../formats.md": lambda: formats_page(ADAPTERS),
        "columns.md": field_roles_reference,
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
