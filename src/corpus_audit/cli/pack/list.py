"""corpus-audit pack list: list the built-in packs."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_audit.cli.output import LanguageOption, OutputFormat
from corpus_audit.vocabulary import Language, Severity

if TYPE_CHECKING:
    from corpus_audit.policy.packs import Pack


def list_command(
    language: LanguageOption = Language.ENGLISH,
    output: Annotated[OutputFormat, typer.Option("--format", help="Output format.")] = OutputFormat.TEXT,
) -> None:
    """Print the built-in packs: id, version, jurisdiction, rules by severity, title."""
    from corpus_audit.policy.packs import available_packs, load_pack

    packs = [load_pack(name) for name in available_packs()]
    if output is OutputFormat.JSON:
        typer.echo(json.dumps([_facts(pack) for pack in packs], indent=1, ensure_ascii=False))
        return
    for line in _lines(packs, language):
        typer.echo(line)


def _facts(pack: "Pack") -> dict[str, Any]:
    counts = _counts(pack)
    return {
        "id": pack.id,
        "title": pack.titles.model_dump(),
        "version": pack.version,
        "jurisdiction": pack.jurisdiction,
        "rules": {severity: counts[severity] for severity in Severity},
    }


def _counts(pack: "Pack") -> Counter[Severity]:
    return Counter(rule.severity for rule in pack.rules)


def _lines(packs: list["Pack"], language: Language) -> Iterator[str]:
    from corpus_audit.report import wording
    from corpus_audit.report.translator import words_in

    words = words_in(language)
    width = max(len(pack.id) for pack in packs)
    for pack in packs:
        yield f"{pack.id:<{width}}  {pack.version}  {pack.jurisdiction:<5}  {pack.titles.in_language(language)}"
        counts = _counts(pack)
        counted = (f"{words(wording.SEVERITIES[severity])} {counts[severity]}" for severity in Severity)
        yield f"{'':<{width}}  {words.join(counted)}"
