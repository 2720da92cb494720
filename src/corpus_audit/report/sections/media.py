"""Pictures, recordings and films, and what files say about themselves."""

from corpus_audit.report.sections.base import Section, Share


class Media(Section):
    """One kind of media in one source: how far it was measured, and who is seen and heard in it."""

    source_id: str
    modality: str
    records: int
    records_measured: int
    records_damaged: int
    records_not_decoded: int
    checks_not_run: tuple[str, ...]
    seconds: float
    faces_declared: str
    faces_records: int
    faces_state: str
    faces_examples: tuple[str, ...]
    speech_declared: str
    speech_records: int
    speech_state: str
    speech_examples: tuple[str, ...]


class FileLabel(Section):
    """One statement that records of one source make about themselves."""

    source_id: str
    modality: str
    carrier: str
    kind: str
    value: str
    meaning: str
    records: int
    record_share: Share
    examples: tuple[str, ...]
    generated_declared: str
    generated_state: str


class FileLabels(Section):
    """How many statements there are, and those that weigh most, then those of most records."""

    rows: int
    largest: tuple[FileLabel, ...]
