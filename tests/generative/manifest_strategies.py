"""Manifests that Hypothesis makes up: valid ones, and values of the same kinds in any arrangement."""

from typing import Any

from hypothesis import strategies as st

from corpus_audit.manifest.parts import EvidenceKind
from corpus_audit.vocabulary import (
    NOT_RECORDED,
    Answer,
    FileFormat,
    LegalBasis,
    Modality,
    ModelRole,
    OptOutKind,
    Purpose,
    Relation,
    SourceKind,
    SubjectModality,
)

Fields = dict[str, Any]
Strategy = st.SearchStrategy

_IDENTIFIERS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True)
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the reading direction; no text may hold one."""
_CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=_TURNING)
_WORDS = st.text(_CHARACTERS | st.sampled_from("\n\t'\"#&*!|>%@`:-{}[],?~ "), min_size=1, max_size=40)
TEXTS = _WORDS.filter(lambda words: words.strip()) | st.sampled_from(
    ["no", "1.10", "2024-01-01", "null", "~", "0x1", NOT_RECORDED]
)
_REQUIRED = TEXTS.filter(lambda words: words.strip() != NOT_RECORDED)
"""Where a manifest has to say something, a gap is no answer."""
_PARTS = st.from_regex(r"[A-Za-z0-9_ *+é数.-]{1,10}", fullmatch=True).filter(lambda part: part.strip("."))
PATHS = st.lists(_PARTS, min_size=1, max_size=4).map("/".join)
_URLS = st.sampled_from(["https://example.org/a", "s3://bucket/key", "hf://datasets/a/b"])
_HOSTS = st.sampled_from(["example.org", "www.example.org:8080"])
_DATES = st.dates().map(str) | st.sampled_from(["2024", "2024-02", "2024-02-29T10:00:00Z"])
_SIZES = st.integers(0, 10**18 - 1)
"""YAML and JSON are read with numbers of up to 18 digits."""
_SHA256 = st.binary(min_size=32, max_size=32).map(bytes.hex)
_LANGUAGES = st.sampled_from(["en", "no", "zh-Hans", "pt-BR"])


def _one_of(enum: Any) -> Strategy[str]:
    return st.sampled_from([str(member) for member in enum])


def _fields(required: dict[str, Strategy[Any]] | None = None, **optional: Strategy[Any]) -> Strategy[Fields]:
    """Return mappings with some of the optional fields; a gap may be written out."""
    with_gaps = {name: strategy | st.sampled_from([None, NOT_RECORDED]) for name, strategy in optional.items()}
    return st.fixed_dictionaries(required or {}, optional=with_gaps)


def _some(entries: Strategy[Any], key: str | None = None) -> Strategy[list[Any]]:
    return st.lists(entries, max_size=3, unique_by=(lambda entry: entry[key]) if key else None)


_EVIDENCE = _fields(
    {"kind": st.just(str(EvidenceKind.TEXT)), "file": PATHS}, sha256=_SHA256, observed_at=_DATES, url=_URLS
) | _fields({"kind": _one_of([EvidenceKind.METADATA, EvidenceKind.CONTRACT])}, file=PATHS)
_LICENSE = _fields(expression=TEXTS, evidence=_some(_EVIDENCE))
_ORIGIN = _fields(url=_URLS, contract=TEXTS, description=TEXTS)
_ROLES: Fields = {
    "text": TEXTS | _some(TEXTS),
    **dict.fromkeys(("license", "language", "url", "date", "subject_ids"), TEXTS),
}
_FILE = _fields(
    {"path": PATHS},
    size_bytes=_SIZES,
    sha256=_SHA256,
    format=_one_of(FileFormat),
    fields=_fields(**_ROLES),
    split=TEXTS,
    subjects=_some(_IDENTIFIERS),
)
_SNAPSHOT = _fields({"kind": _one_of(OptOutKind), "file": PATHS, "url": _URLS}, sha256=_SHA256, observed_at=_DATES) | (
    _fields({"kind": _one_of(OptOutKind), "text": _REQUIRED, "host": _HOSTS}, observed_at=_DATES, crawler=TEXTS)
)
_DISCLOSED_SOURCE = _fields(
    modalities=_some(_one_of(Modality)),
    content=_some(TEXTS),
    labels=_some(TEXTS),
    rights_holders=_some(TEXTS),
    purchased=_one_of(Answer),
    protection=_fields(copyright=_one_of(Answer), trademark=_one_of(Answer), patent=_one_of(Answer)),
    aggregate_consumer_information=_one_of(Answer),
    synthetic_purpose=TEXTS,
    crawl=_fields(
        crawlers=_some(_fields({"name": _REQUIRED}, purpose=TEXTS, behaviour=TEXTS)),
        kinds=TEXTS,
        domains=_some(_fields({"name": _REQUIRED}, size_bytes=_SIZES)),
    ),
    user_data=_fields(
        model_interactions=_one_of(Answer), other_services=_one_of(Answer), services=TEXTS, under_14=_one_of(Answer)
    ),
)
_DISCLOSED = _fields(
    provider=_fields(
        name=TEXTS,
        contact=TEXTS,
        representative=_fields(name=TEXTS, contact=TEXTS),
        small_enterprise=_one_of(Answer),
        code_of_practice=_one_of(Answer),
    ),
    models=_some(
        _fields(
            {"name": _REQUIRED},
            url=_URLS,
            depends_on=_some(TEXTS),
            eu_market_at=_DATES,
            data_first_used_at=_DATES,
            keeps_training=_one_of(Answer),
        ),
        key="name",
    ),
    summary=_fields(version=TEXTS, earlier=_some(_URLS), updated_at=_DATES),
    measures=_fields(rights_reservations=TEXTS, illegal_content=TEXTS, other=TEXTS),
    furthers=TEXTS,
    characteristics=TEXTS,
)
_SOURCE = _fields(
    {"id": _IDENTIFIERS},
    title=TEXTS,
    kind=_one_of(SourceKind),
    origin=_ORIGIN,
    collector=TEXTS,
    supplier=TEXTS,
    collection=_fields(method=TEXTS, until=_DATES, ongoing=_one_of(Answer)) | _fields(**{"from": _DATES}),
    license=_LICENSE,
    personal_information=_fields(
        present=_one_of(Answer), entity_types=_some(TEXTS), legal_basis=_one_of(LegalBasis), consent_reference=TEXTS
    ),
    opt_outs=_fields(checked=_one_of(Answer), mechanisms=_some(TEXTS), checked_at=_DATES, snapshots=_some(_SNAPSHOT)),
    synthetic=_fields(generated=_one_of(Answer), generators=_some(_IDENTIFIERS)),
    processed_by=_some(_IDENTIFIERS),
    derived_from=_some(TEXTS),
    processing=_some(TEXTS),
    disclosure=_DISCLOSED_SOURCE,
    folders=_some(PATHS | st.just(".")),
    ignore=_some(PATHS),
    fields=_some(_fields(files=PATHS | _some(PATHS), **_ROLES)),
    splits=_some(_fields({"split": _REQUIRED, "files": PATHS | _some(PATHS)})),
    files=_some(_FILE, key="path"),
)
_MODEL = _fields(
    {"id": _IDENTIFIERS},
    version=TEXTS,
    name=TEXTS,
    role=_one_of(ModelRole),
    built_on=_some(_IDENTIFIERS),
    license=_LICENSE,
    origin=_ORIGIN,
    filing_number=TEXTS,
    on_market=_one_of(Answer),
)
_AUTHORISATION = _fields(
    grantor=TEXTS,
    grantee=TEXTS,
    relation=_one_of(Relation),
    separate=_one_of(Answer),
    modalities=_some(_one_of(SubjectModality)),
    scope=_some(_one_of(Purpose)),
    purpose=TEXTS,
    commercial=_one_of(Answer),
    signed_at=_DATES,
    expires_at=_DATES,
    withdrawn_at=_DATES,
    nearer_relatives_absent=_one_of(Answer),
    evidence=_EVIDENCE,
)
_SUBJECT = _fields(
    {"id": _IDENTIFIERS},
    deceased=_one_of(Answer),
    minor=_one_of(Answer),
    modalities=_some(_one_of(SubjectModality)),
    identifiable=_one_of(Answer),
    authorisations=_some(_AUTHORISATION),
) | _fields({"id": _IDENTIFIERS}, died_at=_DATES, under_14=_one_of(Answer))
_TABLE = _fields({"path": PATHS}, size_bytes=_SIZES, sha256=_SHA256, format=_one_of(["parquet", "csv"]))
_DATASET = _fields(
    {"id": _IDENTIFIERS},
    version=TEXTS,
    title=TEXTS,
    description=TEXTS,
    issuer=TEXTS,
    intended_uses=_some(_one_of(Purpose)),
    release=_one_of(Answer),
    languages=_some(_LANGUAGES),
    publication=_fields(url=_URLS, creators=_some(TEXTS), created_at=_DATES, published_at=_DATES, license=TEXTS),
)
TREES: Strategy[Fields] = _fields(
    {"manifest_version": st.sampled_from(["1", 1]), "dataset": _DATASET},
    models=_some(_MODEL, key="id"),
    sources=_some(_SOURCE, key="id"),
    subjects=_some(_SUBJECT, key="id"),
    subjects_table=_TABLE,
    authorisations_table=_TABLE,
    disclosure=_DISCLOSED,
)
"""Trees that are valid manifests."""

_NAMES = st.sampled_from(
    [
        "manifest_version",
        "dataset",
        "sources",
        "models",
        "subjects",
        "id",
        "files",
        "path",
        "sha256",
        "license",
        "licence",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS | st.text(max_size=8)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES | st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)
"""Values of any shape, with names that a manifest knows here and there."""
