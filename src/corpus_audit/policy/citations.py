"""The citations of rules, each with a note on whether the pack's authors read the source."""

from collections.abc import Iterable, Mapping

from corpus_audit.policy.description import PackSource
from corpus_audit.policy.rules import Bilingual, Citation, RuleMeta
from corpus_audit.vocabulary import CitationStatus, Language, SourceStage

_SUFFIXES = {
    CitationStatus.SECONDARY: Bilingual(en="secondary source", zh="二手来源"),
    CitationStatus.HOUSE_RULE: Bilingual(en="house rule", zh="自定规则"),
}
_STAGES = {
    SourceStage.IN_FORCE: Bilingual(en="in force since {day}", zh="自{day}起施行"),
    SourceStage.PUBLISHED: Bilingual(en="published {day}", zh="{day}发布"),
    SourceStage.DRAFT: Bilingual(en="draft of {day}", zh="{day}草案"),
}
_STRONGEST_CLAIM = (CitationStatus.SECONDARY, CitationStatus.PRIMARY, CitationStatus.HOUSE_RULE)


def cite(meta: RuleMeta, sources: Iterable[PackSource], language: Language) -> tuple[str, ...]:
    """Return a rule's citations as readers quote them, each with its status unless the source text itself was read."""
    by_id = {source.id: source for source in sources}
    return tuple(_cite_one(citation, by_id, language) for citation in meta.citations)


def citation_status(meta: RuleMeta, sources: Iterable[PackSource]) -> CitationStatus:
    """Return how far a rule's citations can be relied on: secondary when any is, house-rule when all are."""
    by_id = {source.id: source for source in sources}
    found = {by_id[citation.source].status for citation in meta.citations}
    return next(status for status in _STRONGEST_CLAIM if status in found)


def _cite_one(citation: Citation, sources: Mapping[str, PackSource], language: Language) -> str:
    source = sources[citation.source]
    title, clause, reliance = (
        text.in_language(language) if text else ""
        for text in (source.title, citation.clause, _SUFFIXES.get(source.status))
    )
    notes = [note for note in (stage_of(source, language), reliance) if note]
    if language is Language.CHINESE:
        return f"{title}{clause}" + (f"（{'；'.join(notes)}）" if notes else "")
    return (f"{title}, {clause}" if clause else title) + (f" ({'; '.join(notes)})" if notes else "")


def stage_of(source: PackSource, language: Language) -> str:
    """Return whether a source is in force, published or a draft, and since when; empty where the pack does not say."""
    if source.stage is None or source.since is None:
        return ""
    day = source.since if language is Language.ENGLISH else _chinese_day(source.since)
    return _STAGES[source.stage].in_language(language).format(day=day)


def _chinese_day(day: str) -> str:
    return "".join(f"{int(part)}{unit}" for part, unit in zip(day.split("-"), "年月日", strict=False))
