"""The sentence of a problem: what is wrong with it in a pack, and the values that a finding keeps for it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from corpus_audit.evidence.row_names import row_name
from corpus_audit.policy.rules import Bilingual, Rule, RuleMeta
from corpus_audit.schemas.problems import SUBJECT, TemplateField, fields_of
from corpus_audit.vocabulary import Language


def lint_problem(
    meta: RuleMeta, evidence_table: str, columns: Collection[str], arguments: Mapping[str, Any]
) -> Iterator[str]:
    """Yield what is wrong with the sentence of a rule's problem, in each language."""
    for language in Language:
        place = f"meta.problem.{language}"
        try:
            fields = fields_of(meta.problem.in_language(language))
        except ValueError as error:
            yield f"{place}: {error}."
            continue
        known = {SUBJECT, *columns, *_figures(arguments)}
        yield from (
            f"{place}: '{field.name}' is no column of this table." for field in fields if field.name not in known
        )
        yield from (f"{place}: {problem}" for problem in _lint_subject(fields, evidence_table))


def named_columns(rule: Rule) -> tuple[str, ...]:
    """Return the columns of a failing row that the sentence of its problem needs, without doubles."""
    figures = _figures(rule.configuration.get("kwargs", {}))
    fields = (field.name for text in _texts(rule.meta.problem) for field in fields_of(text))
    named = (*row_name(rule.evidence_table).columns, *fields)
    return tuple(name for name in dict.fromkeys(named) if name != SUBJECT and name not in figures)


def named_figures(rule: Rule) -> Mapping[str, float]:
    """Return the rule's own figures that the sentence of its problem names, as they were used."""
    figures = _figures(rule.configuration.get("kwargs", {}))
    names = {field.name for text in _texts(rule.meta.problem) for field in fields_of(text)}
    return {name: value for name, value in figures.items() if name in names}


def _lint_subject(fields: Collection[TemplateField], evidence_table: str) -> Iterator[str]:
    """Yield what keeps a sentence from being said of several rows at once."""
    has_subject = any(field.name == SUBJECT for field in fields)
    if not row_name(evidence_table).name:
        if has_subject:
            yield "the table is about the dataset as a whole; leave out {subject}."
        return
    if not has_subject:
        yield "name what the sentence is about: {subject}."
    yield from (
        f"put '{field.name}' into [brackets]: it differs from row to row."
        for field in fields
        if field.name != SUBJECT and not field.is_detail
    )


def _figures(arguments: Mapping[str, Any]) -> Mapping[str, float]:
    return {name: value for name, value in arguments.items() if isinstance(value, int | float)}


def _texts(problem: Bilingual) -> Iterator[str]:
    return (problem.in_language(language) for language in Language)
