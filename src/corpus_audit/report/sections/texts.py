"""What the texts hold and say, and which checks looked at them."""

from corpus_audit.report.sections.base import Section, Share


class LanguageShare(Section):
    """One language in the sample of one source."""

    source_id: str
    language: str
    declared: str
    records_sampled: int
    records: int
    record_share: Share
    records_declared_otherwise: int
    mean_confidence: Share
    state: str


class TextQuality(Section):
    """Proxies of quality of one source, or of the whole; null where nothing was there to compute them on."""

    source_id: str
    records: int
    duplicate_share: Share
    characters_p10: int | None
    characters_median: int | None
    characters_p90: int | None
    characters_most: int | None
    mean_entropy_bits: Share | None
    damaged_records: int
    damaged_share: Share
    control_character_records: int
    records_sampled: int
    mean_compressed_share: Share | None
    mean_boilerplate_share: Share | None
    mean_repeated_line_share: Share | None
    records_judged: int
    gopher_rejected_share: Share | None
    gopher_rules: tuple[str, ...]
    c4_rejected_share: Share | None
    c4_rules: tuple[str, ...]


class Diversity(Section):
    """One aspect in which the dataset is varied or is not."""

    aspect: str
    distinct_kinds: int
    largest: str
    largest_share: Share
    entropy_bits: Share
    effective_kinds: Share


class Notice(Section):
    """One thing that the texts of one source say of their own rights or origin."""

    source_id: str
    entity_type: str
    stated: str
    declared: str
    records: int
    spans: int
    distinct_values: int
    record_share: Share
    mean_score: Share
    state: str


class Secret(Section):
    """One kind of secret in one source."""

    source_id: str
    entity_type: str
    records: int
    spans: int
    distinct_values: int
    record_share: Share
    mean_score: Share


class NameCount(Section):
    """One kind of name in the sample of one source."""

    source_id: str
    entity_type: str
    method: str
    declared: str
    records_sampled: int
    records: int
    spans: int
    distinct_values: int
    record_share: Share
    mean_score: Share
    state: str


class KeywordCount(Section):
    """One list of the operator in one source."""

    source_id: str
    keyword_list: str
    records_checked: int
    records: int
    record_share: Share


class AcceptanceResult(Section):
    """One gate that a source or the dataset has to pass."""

    gate: str
    source_id: str
    records: int
    records_needed: int
    records_checked: int
    records_rejected: int
    clean_share: Share | None
    passes_at: Share
    keyword_lists: tuple[str, ...]
    state: str


class Check(Section):
    """One check: made on how many records and with which seed, or why it was not made."""

    check_id: str
    state: str
    reason: str
    method: str
    records: int
    records_in_all: int
    seed: int


class TextsSection(Section):
    """Everything about the texts; of what may be long the rows with most records, the rest in the evidence tables."""

    languages: tuple[LanguageShare, ...]
    languages_rows: int
    quality: tuple[TextQuality, ...]
    diversity: tuple[Diversity, ...]
    notices: tuple[Notice, ...]
    notices_rows: int
    secrets: tuple[Secret, ...]
    names: tuple[NameCount, ...]
    keywords: tuple[KeywordCount, ...]
    gates: tuple[AcceptanceResult, ...]
    checks: tuple[Check, ...]
