"""The content of the texts, and the checks made on them."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row


class LanguageShare(Row, table=tables.LANGUAGES):
    """One language in one source."""


class TextQuality(Row, table=tables.QUALITY):
    """Proxies of quality of one source, or of the whole; null where nothing was there to compute them on."""


class Diversity(Row, table=tables.DIVERSITY):
    """One aspect in which the dataset is varied or is not."""


class Notice(Row, table=tables.NOTICES):
    """One notice in a source's texts about their own rights or origin."""


class Secret(Row, table=tables.SECRETS):
    """One kind of secret in one source."""


class NameCount(Row, table=tables.NAMES):
    """One kind of name in the sample of one source."""


class LowScores(Row, table=tables.BELOW_MINIMUM_SCORE):
    """Spans of one entity type in one source that score too low to be judged."""


class KeywordCount(Row, table=tables.KEYWORDS):
    """One list of the operator in one source."""


class AcceptanceResult(Row, table=tables.GATES):
    """One gate that a source or the dataset has to pass."""


class Check(Row, table=tables.CHECKS):
    """One check: made on how many records and with which seed, or why it was not made."""


class TextsSection(Section):
    """Everything about the texts; *gates_with_records* are the gates of the dataset, and of sources with records."""

    languages: ListedRows[LanguageShare]
    quality: ListedRows[TextQuality]
    diversity: tuple[Diversity, ...]
    notices: ListedRows[Notice]
    secrets: ListedRows[Secret]
    names: ListedRows[NameCount]
    keywords: ListedRows[KeywordCount]
    gates_with_records: int
    gates: ListedRows[AcceptanceResult]
    checks: tuple[Check, ...]
    below_minimum_score: ListedRows[LowScores]
