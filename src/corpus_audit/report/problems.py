"""Problems as sentences: what is wrong, with names and figures, for one row of evidence or for several."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue

from corpus_audit.evidence.row_names import row_name
from corpus_audit.report import wording
from corpus_audit.report.formatting import format_number, format_value, shorten
from corpus_audit.report.model import Report
from corpus_audit.report.order import ProblemKind, manifest_field
from corpus_audit.report.problem_groups import ProblemGroup, contradictions, group_problems
from corpus_audit.report.translator import Translator, words_in
from corpus_audit.report.wording.verdicts import FIELDS_NOT_STATED, PROBLEM_COUNTS, VERDICT_MEANINGS
from corpus_audit.schemas.marking import _, _n
from corpus_audit.schemas.problems import SUBJECT, TemplateClause, TemplateField, parse_problem
from corpus_audit.vocabulary import NOASSERTION, WHOLE_DATASET, Language, Severity, Verdict

NAMES_SHOWN = 3
_LONGEST_VALUE = 80
_FIGURES = ("min_value", "max_value", "value")
"""Figures of a rule, which have the unit of the column that it judges."""

_WHOLE = _("The dataset as a whole")
_COUNTED_NAMES, _NAMES_AT_END = _("{counted} ({names})"), _("{counted}, {names}")
_FIELD = _("{name} ({key})")
_NO_LICENSE = _("license unknown")
_COUNTED = _("{problems}.")
_MORE_NAMES = _n("{names} and {count} more", "{names} and {count} more")

Named = Mapping[str, JsonValue]


def name_field(key: str, words: Translator) -> str:
    """Return a field of the manifest in words, with its key behind."""
    name = wording.field_name(key)
    said = words(name)
    return words(_FIELD).format(name=said, key=key) if name and said != key else key


@dataclass(frozen=True)
class ProblemRows:
    """What the sentence of a problem is made of: the rule's template, what it judges, and how many rows fail it."""

    template: str
    evidence_table: str
    column: str
    rows: Sequence[Named]
    failed: int = 1
    evaluated: int = 1
    unlisted: int = 0
    """How many of those that failed are not among *rows*."""


def problem_sentence(problem: ProblemRows, words: Translator) -> str:
    """Return what is wrong: of one row by its name, of several by their number and the names of the first."""
    return "".join(_fill(problem, words))


def describe_rows(
    rule: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], language: Language, failed: int = 1
) -> str:
    """Return the sentence of a problem from stored rows (schemas RULES and FINDINGS)."""
    suffix = "" if language is Language.ENGLISH else f"_{language}"
    rows = [json.loads(finding["named"]) for finding in findings]
    problem = ProblemRows(
        rule[f"problem{suffix}"], rule["evidence_table"], rule["column"], rows, failed, rule["rows_evaluated"] or failed
    )
    return problem_sentence(problem, words_in(language))


def verdict_sentences(report: Report, words: Translator) -> str:
    """Return what the verdict means, and how many problems there are."""
    return words.follow((words(VERDICT_MEANINGS[report.verdict.verdict]), _counted_problems(report, words)))


def _counted_problems(report: Report, words: Translator) -> str:
    """Return how many problems there are of each severity, and how many empty fields make the verdict fail."""
    every = group_problems(report)
    counts = Counter(group.severity for group in contradictions(every))
    parts = [
        words.count(*PROBLEM_COUNTS[severity], counts[severity]).format(count=format_number(counts[severity]))
        for severity in Severity
        if counts[severity]
    ]
    if report.verdict.verdict is Verdict.FAIL and (empty := _critical_fields(every)):
        parts.append(words.count(*FIELDS_NOT_STATED, empty).format(count=format_number(empty)))
    return words(_COUNTED).format(problems=words.join(parts)) if parts else ""


def _critical_fields(groups: Iterable[ProblemGroup]) -> int:
    """Return how many fields that a critical rule asks for are empty, and open."""
    return len(
        {
            manifest_field(group.lead)
            for group in groups
            if group.kind is ProblemKind.NOT_STATED and group.severity is Severity.CRITICAL and not group.is_waived
        }
    )


def group_sentence(group: ProblemGroup, words: Translator) -> str:
    """Return what is wrong with the rows of a problem that no decision closes, in the words of its most severe rule."""
    rule = group.lead
    rows = [row.lead.named for row in group.open_rows or group.rows]
    failed = group.open_count or group.count
    template = words.choose(rule.problem)
    return problem_sentence(
        ProblemRows(template, rule.evidence_table, rule.column, rows, failed, group.evaluated, failed - len(rows)),
        words,
    )


def place_name(source_id: str, words: Translator) -> str:
    """Return the name of a source, or the dataset as a whole."""
    return words(_WHOLE) if source_id == WHOLE_DATASET else source_id


def name_row(evidence_table: str, row: Named, words: Translator) -> str:
    """Return the name of a row of evidence, or the dataset as a whole."""
    name = row_name(evidence_table)
    is_whole = name.columns == ("source_id",) and row.get("source_id") == WHOLE_DATASET
    if not name.name or is_whole or not all(column in row for column in name.columns):
        return words(_WHOLE)
    return words(name.name).format(**{column: _text(column, row[column], words) for column in name.columns})


def first_names(
    names: Sequence[str], shown: int, words: Translator, separator: str | None = None, unlisted: int = 0
) -> str:
    """Return the first *shown* of some names, and how many more there are, with *unlisted* ones."""
    listed = (words(", ") if separator is None else separator).join(names[:shown])
    left = max(0, len(names) - shown) + unlisted
    return words.count(*_MORE_NAMES, left).format(names=listed, count=format_number(left)) if left > 0 else listed


def _fill(problem: ProblemRows, words: Translator) -> Iterator[str]:
    for segment in parse_problem(problem.template):
        if segment.is_detail and (problem.failed > 1 or not problem.rows):
            continue
        clauses = [part for part in segment.parts if isinstance(part, TemplateClause)]
        standing = [part for part in clauses if _stands(part, problem.rows[0])]
        if clauses and not standing:
            continue
        for part in segment.parts:
            if not isinstance(part, TemplateClause):
                yield _fill_part(problem, part, words)
            elif part is clauses[0]:
                yield words.join("".join(_fill_part(problem, p, words) for p in clause.parts) for clause in standing)


def _stands(clause: TemplateClause, row: Named) -> bool:
    """True if a clause holds for a row; one whose value is not known does not."""
    value = row.get(clause.field.name)
    return isinstance(value, int | float) and (value > 0 if clause.is_above_zero else value == 0)


def _fill_part(problem: ProblemRows, part: str | TemplateField, words: Translator) -> str:
    if isinstance(part, str):
        return part
    return _subject(problem, words) if part.name == SUBJECT else _value(problem, part, words)


def _subject(problem: ProblemRows, words: Translator) -> str:
    names = list(dict.fromkeys(name_row(problem.evidence_table, row, words) for row in problem.rows))
    if problem.failed == 1 and names:
        return names[0]
    counted = words.count(*row_name(problem.evidence_table).counted, problem.evaluated).format(
        failed=format_number(problem.failed), of=format_number(problem.evaluated)
    )
    if not names or (problem.unlisted and len(names) < len(problem.rows)):  # several rows share a name: how many do?
        return counted
    is_compound = any(sign in name for name in names[:NAMES_SHOWN] for sign in ("(", "（", ", ", "，"))
    separator = words("; ") if is_compound else words(", ")
    listed = first_names(names, NAMES_SHOWN, words, separator, problem.unlisted)
    follows = problem.template.rstrip().partition("[")[0].endswith(f"{{{SUBJECT}}}")
    return words(_NAMES_AT_END if follows else _COUNTED_NAMES).format(counted=counted, names=listed)


def _value(problem: ProblemRows, field: TemplateField, words: Translator) -> str:
    value = problem.rows[0].get(field.name) if problem.rows else None
    column = problem.column if field.name in _FIGURES and problem.column else field.name
    text = _text(column, value, words)
    if not field.one or not isinstance(value, int):
        return text
    return f"{text} {words.plural(field.one, field.many, value)}"


def _text(column: str, value: JsonValue, words: Translator) -> str:
    if column == "source_id" and value == WHOLE_DATASET:
        return words(_WHOLE)
    if value == NOASSERTION:
        return words(_NO_LICENSE)
    return shorten(format_value(column, value, words), _LONGEST_VALUE)
