"""What is told of a cleaned dataset beside its manifest: its provenance as PROV-JSON, and a section of its card."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus_audit.document.gaps import known
from corpus_audit.export.prov import ProvDocument, name_of, typed
from corpus_audit.manifest.model import Manifest


@dataclass(frozen=True)
class ChangedFile:
    """One file before and after; no sha256 for one of which nothing stayed. *file* is shown, so it is masked."""

    source_id: str
    file: str
    audited_sha256: str
    sha256: str | None
    dropped: int
    masked: int
    unmasked: int


@dataclass(frozen=True)
class Cleaning:
    """One cleaning of an audited dataset: from what, by what, and what came of it."""

    audit_id: str
    verdict: str
    audited: Manifest
    audited_sha256: str
    cleaned: Manifest
    cleaned_sha256: str
    policy: str
    exclusions_sha256: str
    records: int
    beside: int
    copies_kept: int
    by_reason: Sequence[tuple[str, int]]
    files: Sequence[ChangedFile]
    masks: bool
    tool_version: str
    started_at: str
    finished_at: str

    @property
    def masked(self) -> int:
        """How many rows have values masked."""
        return sum(file.masked for file in self.files)

    @property
    def unmasked(self) -> int:
        """How many rows went because they could not be masked."""
        return sum(file.unmasked for file in self.files)


def cleaning_prov(cleaning: Cleaning) -> bytes:
    """Return the provenance of a cleaned dataset as PROV-JSON: the audit, the list, and each step on each file."""
    document = ProvDocument()
    tool = document.agent(f"corpus-audit {cleaning.tool_version}", "prov:SoftwareAgent")
    before = _dataset(document, cleaning.audited, cleaning.audited_sha256)
    after = _dataset(document, cleaning.cleaned, cleaning.cleaned_sha256)
    of_audit = {"prov:label": cleaning.audit_id, "ca:verdict": cleaning.verdict}
    report = document.element("entity", name_of("report", cleaning.audit_id), of_audit)
    of_list = {"ca:sha256": cleaning.exclusions_sha256, "ca:records": cleaning.records, "ca:policy": cleaning.policy}
    listed = document.element("entity", name_of("exclusions", cleaning.exclusions_sha256), of_list)
    exclude = _activity(document, "exclude", cleaning)
    rewrite = _activity(document, "rewrite", cleaning, {"ca:masks": "yes" if cleaning.masks else "no"})
    for activity, used in ((exclude, report), (exclude, before), (rewrite, listed), (rewrite, before)):
        document.relate("used", activity=activity, entity=used)
    for activity in (exclude, rewrite):
        document.relate("wasAssociatedWith", activity=activity, agent=tool)
    document.relate("wasGeneratedBy", entity=listed, activity=exclude)
    document.relate("wasGeneratedBy", entity=after, activity=rewrite)
    document.relate("wasInformedBy", informed=rewrite, informant=exclude)
    document.relate("wasDerivedFrom", generatedEntity=after, usedEntity=before)
    document.relate("wasDerivedFrom", generatedEntity=report, usedEntity=before)
    for file in cleaning.files:
        _add_file(document, file, before, after, rewrite)
    text = json.dumps(document.parts, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
    return text.encode()


def _activity(document: ProvDocument, name: str, cleaning: Cleaning, attributes: Mapping[str, str] = {}) -> str:
    times = {"prov:startTime": cleaning.started_at, "prov:endTime": cleaning.finished_at}
    return document.element(
        "activity", name_of(name, cleaning.cleaned_sha256), {"prov:label": name, **times, **attributes}
    )


def _dataset(document: ProvDocument, manifest: Manifest, sha256: str) -> str:
    dataset = manifest.dataset
    attributes = {
        "prov:type": typed("prov:Collection"),
        "prov:label": dataset.name,
        "ca:version": known(dataset.version),
        "ca:manifestSha256": sha256,
    }
    return document.element("entity", name_of("dataset", dataset.id, sha256), attributes)


def _add_file(document: ProvDocument, file: ChangedFile, before: str, after: str, rewrite: str) -> None:
    audited = document.element(
        "entity",
        name_of("file", file.source_id, file.file, file.audited_sha256),
        {"prov:label": file.file, "ca:sha256": file.audited_sha256},
    )
    document.relate("hadMember", collection=before, entity=audited)
    if file.sha256 is None:
        document.relate("wasInvalidatedBy", entity=audited, activity=rewrite)
        return
    written = name_of("file", file.source_id, file.file, file.sha256)
    if written != audited:
        counts = {"ca:rowsDropped": file.dropped, "ca:rowsMasked": file.masked, "ca:rowsNotMasked": file.unmasked}
        document.element("entity", written, {"prov:label": file.file, "ca:sha256": file.sha256, **counts})
        document.relate("wasDerivedFrom", generatedEntity=written, usedEntity=audited)
        document.relate("wasGeneratedBy", entity=written, activity=rewrite)
    document.relate("hadMember", collection=after, entity=written)


_REASONS: Mapping[str, str] = {
    "source-excluded": "their source is left out",
    "license-forbids": "their license forbids an intended use",
    "license-open": "their license does not permit every intended use",
    "inherited-restriction": "they copy a record under stricter terms",
    "opted-out": "their use is reserved",
    "consent-withdrawn": "a person in them withdrew consent",
    "consent-open": "they show a person whose consent is not documented",
    "personal-information": "they hold personal information",
    "secret": "they hold a key, token or password",
    "evaluation-leak": "they repeat training data in an evaluation split",
    "reference-hit": "they hold an item of a reference",
    "exact-duplicate": "another copy stays",
    "near-duplicate": "a near-duplicate stays",
}


def cleaning_card(cleaning: Cleaning) -> bytes:
    """Return a section of the dataset's card in Markdown."""
    return "\n\n".join(filter(None, _paragraphs(cleaning))).encode() + b"\n"


def _paragraphs(cleaning: Cleaning) -> Iterator[str]:
    dataset = cleaning.audited.dataset
    version = f" {dataset.version}" if known(dataset.version) else ""
    yield "## Cleaning"
    yield (
        f"Made with corpus-audit {cleaning.tool_version} from `{dataset.id}`{version} (sha256 of its manifest: "
        f"`{cleaning.audited_sha256}`) by its audit `{cleaning.audit_id}`, verdict *{cleaning.verdict}*, and the "
        f"exclusion policy `{cleaning.policy}`."
    )
    yield f"Records to leave out: {cleaning.records:,}. A record may have several reasons."
    rows = [f"| {count:,} | {_REASONS.get(name, name)} (`{name}`) |" for name, count in cleaning.by_reason]
    yield "\n".join(["| records | because |", "|---:|---|", *rows]) if rows else ""
    if cleaning.beside:
        yield f"Other records that went with their row: {cleaning.beside:,}."
    if cleaning.copies_kept:
        yield f"Copies that stay because the rest of their row or sample is none: {cleaning.copies_kept:,}."
    if cleaning.masks:
        yield (
            f"Rows in which personal information or secrets are masked: {cleaning.masked:,}. Rows left out because "
            f"what was found in them could not be masked: {cleaning.unmasked:,}."
        )
    yield (
        "What the audit did not read or did not find is still in the data. The verdict named here is about the "
        "dataset before it was cleaned."
    )
