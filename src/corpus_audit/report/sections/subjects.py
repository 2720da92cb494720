"""People: counted where they are many, listed where somebody has to act."""

from corpus_audit.report.sections.base import Section


class SubjectRow(Section):
    """One person: what is documented of their consent, and where they are in the data."""

    subject_id: str
    deceased: str
    died_at: str
    minor: str
    under_14: str
    modalities: tuple[str, ...]
    identifiable: str
    authorisations: int
    authorisations_withdrawn: int
    authorisations_expired: int
    face_state: str
    voice_state: str
    name_state: str
    text_state: str
    likeness_state: str
    mention_state: str
    state: str
    gaps: tuple[str, ...]
    uses_documented: tuple[str, ...]
    uses_open: tuple[str, ...]
    commercial: str
    lapsed_state: str
    grantor_relation: str
    documented_by: str
    evidence_state: str
    source_ids: tuple[str, ...]
    files: int
    records: int
    record_modalities: tuple[str, ...]


class SubjectCount(Section):
    """How many people stand how in one respect, and how many records name them; a record may name several."""

    modality: str
    state: str
    subjects: int
    records: int


class Subjects(Section):
    """People by what is documented, and those of whom something is open, by records."""

    described: int
    counts: tuple[SubjectCount, ...]
    open: int
    largest: tuple[SubjectRow, ...]
