"""corpus-audit pack explain: show one rule in full, as a steward reads it."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_audit.cli.output import LanguageOption
from corpus_audit.errors import PackError
from corpus_audit.vocabulary import Language

if TYPE_CHECKING:
    from corpus_audit.policy.packs import Pack
    from corpus_audit.policy.requirements import Requirement
    from corpus_audit.policy.rules import Rule

_SHOWN = 5


def explain_command(
    rule_id: Annotated[
        str, typer.Argument(help="Id of a rule, such as baseline.license-recorded.", show_default=False)
    ],
    pack: Annotated[
        list[str] | None,
        typer.Option(help="Pack to search: a name or a folder. May be repeated. [default: the built-in packs]"),
    ] = None,
    language: LanguageOption = Language.ENGLISH,
) -> None:
    """Print a rule's requirement, reason, remedy, owner and sources."""
    from corpus_audit.policy.packs import available_packs, load_family

    families = [load_family(name) for name in pack or available_packs()]
    found = {rule.rule_id: (owner, rule) for family in families for owner in family for rule in owner.rules}
    if rule_id not in found:
        near = get_close_matches(rule_id, sorted(found), _SHOWN, cutoff=0.5)
        hint = f" Near it: {', '.join(near)}." if near else " 'corpus-audit pack list' lists the packs."
        message = f"None of the packs has a rule '{rule_id}'.{hint} For a pack of your own, give --pack its folder."
        raise PackError(message)
    for line in _lines(*found[rule_id], language):
        typer.echo(line)


def _lines(pack: "Pack", rule: "Rule", language: Language) -> Iterator[str]:
    from corpus_audit.report.text import wrap
    from corpus_audit.report.translator import words_in

    words = words_in(language)
    yield from wrap(rule.meta.title.in_language(language))
    yield f"{rule.rule_id} ({pack.id} {pack.version})"
    for label, texts in _parts(pack, rule, language):
        yield f"\n{words(label)}"
        for text in texts:
            yield from wrap(text, "  ")


def _text_of(asked: "Requirement", language: Language) -> str:
    return f"{asked.zh}（{asked.source}）" if language is Language.CHINESE else f"{asked.en} ({asked.source})"


def _parts(pack: "Pack", rule: "Rule", language: Language) -> Iterator[tuple[str, list[str]]]:
    from corpus_audit.policy.citations import cite
    from corpus_audit.policy.requirements import REQUIREMENTS
    from corpus_audit.policy.sentences import rule_sentence
    from corpus_audit.report import wording
    from corpus_audit.report.translator import words_in
    from corpus_audit.report.wording.rules import OWNERS, RULE_LABELS

    words, meta = words_in(language), rule.meta
    asked = [REQUIREMENTS[number] for number in meta.requirements]
    reason = rule.reweighing.reason if rule.reweighing is not None else ""
    yield RULE_LABELS["severity"], [words(wording.SEVERITIES[rule.severity]), *([reason] if reason else [])]
    yield RULE_LABELS["failure_kind"], [words(wording.NATURES[meta.failure_kind])]
    yield RULE_LABELS["problem"], [meta.problem.in_language(language)]
    yield RULE_LABELS["asks"], [rule_sentence(rule.expectation, rule.configuration.get("kwargs", {}), language)]
    yield RULE_LABELS["judges"], [f"{rule.evidence_table}: {words.join(rule.columns) or '*'} ({rule.expectation})"]
    yield RULE_LABELS["why"], [meta.why.in_language(language)]
    yield RULE_LABELS["remedy"], [meta.remedy.in_language(language)]
    yield RULE_LABELS["owner"], [words(OWNERS[meta.owner])]
    yield RULE_LABELS["requirements"], [f"{need.number}. {_text_of(need, language)}" for need in asked]
    yield RULE_LABELS["rests-on"], list(cite(meta, pack.sources, language))
