"""Groups of sources of one kind: their members, their content, and their recorded claims."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from corpus_audit.export.inputs import AuditedSource
from corpus_audit.rights.record_licenses import NONE_STATED, OTHER_LICENSES
from corpus_audit.vocabulary import NOASSERTION, NOT_RECORDED, Answer, LicenseState, Modality, SourceKind

Sources = Sequence[AuditedSource]


def of_kind(sources: Sources, *kinds: SourceKind) -> Sources:
    """Return the sources that are declared to be of one of *kinds*."""
    return [source for source in sources if source.claims.kind in kinds]


def has_kind(sources: Sources, *kinds: SourceKind) -> Answer:
    """Return whether there is a source of one of *kinds*; no only when every source's kind is recorded."""
    if of_kind(sources, *kinds):
        return Answer.YES
    is_known = sources and all(source.claims.kind is not SourceKind.NOT_RECORDED for source in sources)
    return Answer.NO if is_known else Answer.NOT_RECORDED


def any_answer(answers: Iterable[Answer]) -> Answer:
    """Return yes when one answer is yes, no when there are answers and all deny, else not recorded."""
    given = list(answers)
    if Answer.YES in given:
        return Answer.YES
    denied = given and all(answer in (Answer.NO, Answer.NOT_APPLICABLE) for answer in given)
    return Answer.NO if denied else Answer.NOT_RECORDED


def is_synthetic(source: AuditedSource) -> Answer:
    """Return whether a model made the source, by its kind or by what it declares."""
    if source.claims.kind is SourceKind.SYNTHETIC:
        return Answer.YES
    return source.claims.synthetic.generated


def measured_modalities(source: AuditedSource) -> set[Modality]:
    """Return the kinds of content that the audit read."""
    return {Modality(row["modality"]) for row in source.content}


def modalities(source: AuditedSource) -> set[Modality]:
    """Return the kinds of content that were read or declared."""
    return measured_modalities(source) | set(source.claims.disclosure.modalities)


def with_modality(sources: Sources, modality: Modality) -> Sources:
    """Return the sources that hold a kind of content, as read or as declared."""
    return [source for source in sources if modality in modalities(source)]


def content_bytes(source: AuditedSource, modality: Modality) -> int:
    """Return how many bytes of a kind of content were read."""
    return sum(row["size_bytes"] for row in source.content if row["modality"] == modality)


def total(sources: Sources, modality: Modality, column: str) -> int:
    """Return the sum of a column of the content evidence over *sources*."""
    return sum(row[column] for source in sources for row in source.content if row["modality"] == modality)


def title(source: AuditedSource) -> str:
    """Return the name people know the source by, or its identifier."""
    return source.claims.title if source.claims.title != NOT_RECORDED else source.id


def quoted(source: AuditedSource) -> str:
    """Return the name of a source in quotation marks, for running text."""
    return f"‘{title(source)}’"


def origin(source: AuditedSource) -> str:
    """Return where the source is from in the most exact words there are, or not-recorded."""
    words: str = source.evidence["origin"]
    return words


def link(source: AuditedSource) -> str:
    """Return the source's address, or not-recorded."""
    return source.claims.origin.url or NOT_RECORDED


def host(url: str | None) -> str | None:
    """Return the host name of an address without ``www.``; None when it has none."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:  # such as an address with half a bracket
        return None
    return name.removeprefix("www.") if name else None


def license_label(source: AuditedSource) -> str:
    """Return the license the source resolves to; NOASSERTION when it does not resolve."""
    resolved = source.evidence["license_state"] == LicenseState.RESOLVED
    expression: str = source.evidence["license_expression"] if resolved else NOASSERTION
    return expression


def has_licenses_of_records(source: AuditedSource) -> bool:
    """True if records of the source state their own licenses, or the source declares that they do."""
    is_said = source.evidence["license_state"] == LicenseState.PER_RECORD
    return is_said or any(row["license_state"] != LicenseState.NOT_RECORDED for row in source.record_licenses)


_NAMES = {NONE_STATED: "no license stated", OTHER_LICENSES: "other licenses"}


def records_by_license(sources: Sources) -> dict[str, int]:
    """Return how many records state which license, over the sources whose records state any, sorted by license."""
    counted: Counter[str] = Counter()
    for source in sources:
        for row in source.record_licenses if has_licenses_of_records(source) else ():
            counted[_NAMES.get(name := str(row["license"]), name)] += row["records"]
    return dict(sorted(counted.items()))


def count_where(sources: Sources, holds: Callable[[AuditedSource], bool]) -> int:
    """Return how many sources something holds for."""
    return sum(1 for source in sources if holds(source))
