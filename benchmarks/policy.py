"""How long all packs take over the evidence of a large dataset, and how much memory.

    .venv/bin/python benchmarks/policy.py [--sources N] [--files N] [--subjects N] [--failing SHARE]

Each judged column holds words and figures that its rules accept, but for a share of rows that they do not. The peer is
Great Expectations itself on the same rules and frames, with the least it can be asked for: whether each holds, and no
rows. What is beyond that pays for findings, null checks and results without values.
"""

import argparse
import random
import re
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import EnumMeta
from typing import Any

import pyarrow as pa

from corpus_audit import vocabulary
from corpus_audit.evidence import tables
from corpus_audit.policy.packs import Pack, available_packs, load_packs
from corpus_audit.policy.rules import Rule
from corpus_audit.schemas import Table

STATES = (
    "recorded",
    "partial",
    "found",
    "declared-only",
    "recent",
    "overdue",
    "covers",
    "agrees",
    "contradicted",
    "none",
)
WORDS = sorted(
    {str(word) for found in vars(vocabulary).values() if isinstance(found, EnumMeta) for word in found} | {*STATES, "x"}
)
FIGURES = (0, 1, 4000, 10_000, 0.02, 0.1, 0.97, 1.0)
RECORDED = "expect_claim_to_be_recorded"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1_000)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--failing", type=float, default=0.1, help="share of rows that break the rules of a column")
    given = parser.parse_args()
    counts = {"dataset": 1, "disclosure": 1, "files": given.files, "subjects": given.subjects}

    packs, _ = timed("read packs", lambda: load_packs(available_packs()))
    validation, _ = timed("import Great Expectations", _import_validation)
    evidence = {
        table.name: make_evidence(table, packs, counts.get(table.name, given.sources), given.failing)
        for table in tables.EVIDENCE
    }
    from corpus_audit.policy.evaluate import evaluate

    before = peak_bytes()
    evaluation, seconds = timed("evaluate", lambda: evaluate(packs, evidence))
    print(f"  {evaluation.rules.num_rows} rules of {len(packs)} packs, {evaluation.findings.num_rows:,} findings")
    states = evaluation.rules["state"].to_pylist()
    print(f"  {', '.join(f'{states.count(state)} {state}' for state in sorted(set(states)))}")
    print(f"  peak memory {peak_bytes() / 1e9:.2f} GB, {before / 1e9:.2f} GB of it before the evaluation")
    _, peer = timed("Great Expectations alone", lambda: judge_plainly(validation, packs, evidence))
    print(f"ratio to Great Expectations alone: {seconds / peer:.2f}")


def timed(what: str, work: Callable[[], Any]) -> tuple[Any, float]:
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds, used = time.perf_counter() - started, time.process_time() - cpu
    print(f"{what}: {seconds:.1f} s ({used:.1f} s of CPU)")
    return result, used


def peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _import_validation() -> Any:
    from corpus_audit.policy import validation

    return validation


# --- evidence ---------------------------------------------------------------------------------------------------------


def make_evidence(table: Table, packs: tuple[Pack, ...], rows: int, failing: float) -> pa.Table:
    """Return evidence of so many rows, of which a share breaks the rules on each column; the same in every run."""
    rules = [rule for pack in packs for rule in pack.rules if rule.evidence_table == table.name]
    columns = {field.name: _column(field, table, rules, rows, failing) for field in table.schema}
    return pa.table(columns, schema=table.schema)


def _column(field: pa.Field, table: Table, rules: list[Rule], rows: int, failing: float) -> pa.Array:
    if field.name in table.key and pa.types.is_string(field.type):
        return pa.array([f"{field.name}-{number:07}" for number in range(rows)], field.type)
    dice = random.Random(f"{table.name}.{field.name}")
    judges = [judge for rule in rules if field.name in rule.columns for judge in _judges(rule)]
    values: list[Any] = list(_candidates(field.type))
    good = [value for value in values if all(judge(value) for judge in judges)] or values
    bad = [value for value in values if value not in good] or good
    chosen = [dice.choice(bad if judges and dice.random() < failing else good) for _ in range(rows)]
    return pa.array([[value] for value in chosen] if pa.types.is_list(field.type) else chosen, field.type)


def _candidates(kind: pa.DataType) -> tuple[Any, ...]:
    if pa.types.is_boolean(kind):
        return (True, False)
    if pa.types.is_floating(kind):
        return FIGURES
    return tuple(int(figure) for figure in FIGURES) if pa.types.is_integer(kind) else tuple(WORDS)


def _judges(rule: Rule) -> Iterator[Callable[[Any], bool]]:
    """Yield what one rule accepts, as far as its arguments tell."""
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    built = ExpectationConfiguration(**rule.configuration).to_domain_obj()
    values = getattr(built, "value_set", None)
    if rule.expectation == RECORDED:
        yield lambda value: value != vocabulary.NOT_RECORDED
    elif values is not None and "not_in" in built.map_metric:
        yield lambda value: value not in values
    elif values is not None:
        yield lambda value: value in values
    elif (pattern := getattr(built, "regex", None)) is not None:
        yield lambda value: re.search(pattern, value) is None
    elif (low := getattr(built, "min_value", None)) is not None:
        yield lambda value: value >= low
    if (high := getattr(built, "max_value", None)) is not None:
        yield lambda value: value <= high


# --- the peer ---------------------------------------------------------------------------------------------------------


def judge_plainly(validation: Any, packs: tuple[Pack, ...], evidence: dict[str, pa.Table]) -> None:
    """Let Great Expectations judge the same rules over the same frames, and say no more than whether each holds."""
    import great_expectations as gx

    from corpus_audit.policy.frames import to_frame

    source = gx.get_context(mode="ephemeral").data_sources.add_pandas("peer")
    suites: dict[str, list[Rule]] = defaultdict(list)
    for pack in packs:
        for rule in pack.rules:
            suites[f"{pack.id}.{rule.evidence_table}"].append(rule)
    for name, rules in suites.items():
        suite = validation.build_suite(name, [rule.configuration for rule in rules])
        columns = sorted({column for rule in rules for column in (*rule.columns, *rule.condition_columns)})
        asset = source.add_dataframe_asset(name)
        frame = to_frame(evidence[rules[0].evidence_table], columns)
        batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
        batch.validate(suite, result_format="BOOLEAN_ONLY")


if __name__ == "__main__":
    main()
