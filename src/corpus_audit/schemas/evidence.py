"""Evidence: bounded tables that set each claim beside its fact."""

from corpus_audit.schemas.claims import CLAIM_GAPS, CLAIMED_DATASET, CLAIMED_MODELS, CLAIMED_SOURCES, CLAIMED_SUBJECTS
from corpus_audit.schemas.copies import DATASET_OVERLAPS, OVERLAPS
from corpus_audit.schemas.disclosures import EVIDENCE_DISCLOSURE, EVIDENCE_SOURCE_DISCLOSURES, EVIDENCE_TRAINED_MODELS
from corpus_audit.schemas.evidence_copies import EVIDENCE_OF_COPIES
from corpus_audit.schemas.evidence_coverage import EVIDENCE_OF_COVERAGE
from corpus_audit.schemas.evidence_texts import EVIDENCE_OF_TEXTS
from corpus_audit.schemas.facts import FILES
from corpus_audit.schemas.references import REFERENCE_WORKS
from corpus_audit.schemas.rights import LICENSES
from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, columns, table

EVIDENCE_DATASET = table(
    "dataset", "the dataset: claims beside facts", ("dataset_id",),
    *columns(CLAIMED_DATASET),
    ("intended_uses_state", STR, "recorded, or not-recorded when no purpose is declared."),
    ("languages_state", STR, "recorded, or not-recorded when no language is declared."),
    ("sources", INT, "Number of sources."),
    ("files", INT, "Number of files declared or found."),
    ("files_verified", INT, "Files whose size and sha256 are as declared."),
    ("records", INT, "Number of records measured."),
    ("text_bytes", INT, "Total text in UTF-8 bytes."),
    ("exact_duplicate_records", INT, "Records that repeat an earlier record byte for byte."),
    ("near_duplicate_records", INT, "Records with a verified near copy as representative."),
    ("exact_duplicate_share", FLOAT, "Bytes of exact duplicates as a share of all records' bytes; 0 without any."),
    ("near_duplicate_share", FLOAT, "Bytes of near duplicates as a share of all records' bytes; 0 without any."),
    ("largest_source_share", FLOAT, "Text bytes of the largest source as a share of all; 0 when there is no text."),
    ("personal_information_records", INT, "Records with at least one confirmed personal-information span."),
)  # fmt: skip

_PERSONAL_INFORMATION_STATE = (
    "agrees, undeclared (found though declared no), not-recorded (found, and nobody declared an answer), "
    "declared-not-found, or none (not found and not declared present)."
)

EVIDENCE_SOURCES = table(
    "sources", "one source: claims beside facts", ("source_id",),
    *columns(CLAIMED_SOURCES),
    *columns(LICENSES, without=("license_declared",)),
    ("license_evidence_found", INT, "Declared license evidence files that are there and were verified or hashed."),
    ("license_evidence_state", STR, "found, declared-only (addresses, or files that are missing), or not-recorded."),
    ("collection_period_state", STR, "recorded, partial or not-recorded."),
    ("files", INT, "Files declared or found."),
    ("files_verified", INT, "Files whose size and sha256 are as declared."),
    ("files_without_checksum", INT, "Files that are there but have no declared sha256."),
    ("files_failed", INT, "Files missing, refused, unreadable, or different from what is declared."),
    ("files_undeclared", INT, "Files found in the source's folders that the manifest does not name."),
    ("size_bytes", INT, "Bytes of all files on disk."),
    ("records", INT, "Records measured."),
    ("text_bytes", INT, "Text in UTF-8 bytes."),
    ("characters", INT, "Text in code points."),
    ("exact_duplicate_records", INT, "Records that repeat a representative byte for byte."),
    ("near_duplicate_records", INT, "Records that nearly repeat their representative."),
    ("exact_duplicate_share", FLOAT, "Bytes of exact duplicates as a share of all records' bytes; 0 without any."),
    ("near_duplicate_share", FLOAT, "Bytes of near duplicates as a share of all records' bytes; 0 without any."),
    ("personal_information_records", INT, "Records with at least one confirmed personal-information span."),
    ("personal_information_spans", INT, "Confirmed personal-information spans."),
    ("personal_information_values", INT, "Distinct values among those spans."),
    ("personal_information_observed", STRINGS, "Entity types found."),
    ("personal_information_state", STR, _PERSONAL_INFORMATION_STATE),
    ("legal_basis_state", STR, "recorded, not-recorded (found or declared, but no basis), or not-needed."),
    ("ai_label_records", INT, "Records with at least one label or statement that a model made them."),
    ("ai_label_state", STR, "found or missing where a model is declared to have made it; else not-applicable."),
    ("subjects", INT, "Described people whom its records or files name."),
    ("subjects_undescribed", INT, "Ids of people in its records or files that nobody describes."),
    ("defects", INT, "Defects met while reading."),
)  # fmt: skip

_FIELD_COLUMNS = [name for name in FILES.schema.names if name.endswith(("_field", "_fields"))]

EVIDENCE_FILES = table(
    "files", "one file: claims beside facts", ("source_id", "file"),
    *columns(FILES, without=("file_id", *_FIELD_COLUMNS)),
    ("records", INT, "Records read from it."),
    ("text_bytes", INT, "Text read from it, in UTF-8 bytes."),
    ("defects", INT, "Defects met while reading it."),
)  # fmt: skip

EVIDENCE_CONTENT = table(
    "content", "one kind of content in one source", ("source_id", "modality"),
    ("source_id", STR, "Source."),
    ("modality", STR, "Kind of content (vocabulary Modality)."),
    ("records", INT, "Records measured."),
    ("size_bytes", INT, "Bytes: of text in UTF-8, of all else as the files are."),
    ("characters", INT, "Text in code points."),
    ("tokens", INT, "Tokens that shingles are made of; a model's own tokenizer counts otherwise."),
)  # fmt: skip

_SEEN_STATE = (
    "agrees, undeclared (detected though declared no), not-recorded (detected, and nobody declared an answer), "
    "declared-not-found, none (not detected and not declared), not-run where nobody could look, or not-applicable."
)

EVIDENCE_MEDIA = table(
    "media", "pictures, recordings or films of one source: what they show beside what is declared",
    ("source_id", "modality"),
    ("source_id", STR, "Source."),
    ("modality", STR, "Kind of content (vocabulary Modality)."),
    ("records", INT, "Records of that kind."),
    ("records_measured", INT, "Records that were decoded and measured."),
    ("records_damaged", INT, "Records that are damaged or too large to be decoded."),
    ("records_not_decoded", INT, "Records of a kind that nothing here decodes."),
    ("checks_not_run", STRINGS, "Checks whose libraries are not installed (vocabulary MediaCheck)."),
    ("checks_state", STR, "run, or not-run when there are any such checks."),
    ("seconds", FLOAT, "Duration of all recordings or films together, as far as the files tell."),
    ("faces_declared", STR, "yes when a person with a face, or the type FACE, is declared; else the declared answer."),
    ("faces_records", INT, "Records in which a face was detected."),
    ("faces_state", STR, _SEEN_STATE),
    ("faces_examples", STRINGS, "The first three of them."),
    ("speech_declared", STR, "yes when a person with a voice, or the type VOICE, is declared; else the same."),
    ("speech_records", INT, "Records in which speech was detected."),
    ("speech_state", STR, _SEEN_STATE),
    ("speech_examples", STRINGS, "The first three of them."),
)  # fmt: skip

EVIDENCE_LABELS = table(
    "labels", "one statement that records of one source make about themselves, beside what is declared",
    ("source_id", "modality", "carrier", "kind", "value"),
    ("source_id", STR, "Source."),
    ("modality", STR, "Kind of content (vocabulary Modality)."),
    ("carrier", STR, "Where in the files it stands (vocabulary LabelCarrier)."),
    ("kind", STR, "What it is about (vocabulary LabelKind)."),
    ("value", STR, "The term that is used, of a published vocabulary; other when it is of none."),
    ("meaning", STR, "What follows from it (vocabulary LabelMeaning)."),
    ("records", INT, "Records that make it."),
    ("record_share", FLOAT, "records as a share of the source's records of that kind of content."),
    ("examples", STRINGS, "The first three of them."),
    ("generated_declared", STR, "Declared answer to whether the source was generated by a model."),
    ("generated_state", STR, "agrees, undeclared (declared no) or not-recorded for generated content; else none."),
)  # fmt: skip

EVIDENCE_DEFECTS = table(
    "defects", "one kind of defect in one file", ("source_id", "file", "code"),
    ("source_id", STR, "Source the file belongs to."),
    ("file", STR, "Path relative to the root."),
    ("code", STR, "What was wrong (vocabulary DefectCode)."),
    ("count", INT, "How often."),
    ("places", STRINGS, "The first ten places."),
    ("detail", STR, "What happened at the first place."),
)  # fmt: skip

EVIDENCE_CLAIM_PROBLEMS = table(
    "claim_problems", "one kind of statement about one source that cannot be taken as a claim",
    ("source_id", "field", "code"),
    ("source_id", STR, "Source it is about; (dataset) when it is about the whole."),
    ("field", STR, "What it is about: a field of a manifest, else one of its own format."),
    ("code", STR, "Why it is no claim (vocabulary ClaimProblemCode)."),
    ("count", INT, "How often."),
    ("places", STRINGS, "The first ten, as document and JSON pointer."),
    ("detail", STR, "What to do about the first."),
)  # fmt: skip

EVIDENCE_QUESTIONS = table(
    "questions", "one thing to ask the provider, because nobody recorded it", ("source_id", "field"),
    *columns(CLAIM_GAPS),
)  # fmt: skip

EVIDENCE_PERSONAL_INFORMATION = table(
    "personal_information", "one entity type in one source", ("source_id", "entity_type"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Entity type."),
    ("declared", STR, "yes when the source declares this type, else the source's declared answer."),
    ("records", INT, "Records with at least one span of this type."),
    ("spans", INT, "Spans of this type."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("records_looked_at", INT, "Records of the source that were read, or scanned in other columns."),
    ("record_share", FLOAT, "records as a share of records_looked_at."),
    ("columns", STRINGS, "The first 20 columns it was found in, those with most records first; (text) for the text."),
    ("mean_score", FLOAT, "Mean confidence."),
    ("state", STR, "declared, undeclared or not-recorded."),
)  # fmt: skip

EVIDENCE_EXCLUSION_FUNNEL = table(
    "exclusion_funnel", "one step on which records drop out, or the records left after all of them", ("step",),
    ("step", STR, "Vocabulary FunnelStep; a record counts on the first step that takes it out."),
    ("records", INT, "Records that drop out on it, or are left."),
    ("text_bytes", INT, "Their text in UTF-8 bytes."),
)  # fmt: skip

EVIDENCE_SIMILARITY = table(
    "similarity", "verified pairs of records of one kind whose similarity lies in one range", ("hundredths", "kind"),
    ("hundredths", INT, "Lower end of the range, in hundredths of the exact Jaccard similarity; ranges are 2 wide."),
    ("kind", STR, "exact (same bytes) or near (vocabulary CopyKind)."),
    ("pairs", INT, "Pairs of records."),
)  # fmt: skip

EVIDENCE_OVERLAPS = table(
    "overlaps", "two sources that share copies, with the terms on both sides", ("source_a", "source_b"),
    *columns(OVERLAPS),
    ("license_a", STR, "Resolved license expression of source_a, or NOASSERTION."),
    ("license_b", STR, "Resolved license expression of source_b, or NOASSERTION."),
    ("terms_conflict", STR, "How the terms relate (vocabulary TermsConflict)."),
    ("conflict_reason", STR, "Which terms differ; '' when none do."),
)  # fmt: skip

EVIDENCE_DATASET_OVERLAPS = table(
    "dataset_overlaps", "one earlier audit in the store, and what this one shares with it", ("audit_b",),
    *columns(DATASET_OVERLAPS),
)  # fmt: skip

EVIDENCE_REFERENCES = table(
    "references", "one reference and one source: which of its works the source's records contain",
    ("reference", "source_id"),
    ("reference", STR, "Name of the reference."),
    ("source_id", STR, "Source whose records were held against it."),
    *columns(REFERENCE_WORKS, without=("reference",)),
    ("items_found", INT, "Items that at least one record of the source contains."),
    ("records", INT, "Records of the source that contain at least one item."),
    ("record_share", FLOAT, "Those as a share of the source's records."),
    ("shared_bytes", INT, "Bytes of records that are an item's; a stretch of two items counts for both."),
    ("max_containment", FLOAT, "Highest share of an item's shingles that a record holds; null without hits."),
    ("example_record", STR, "The record with the longest such text, by bytes then id; null without hits."),
    ("example_item", STR, "The item it contains."),
    ("example_start", INT, "First byte of the longest stretch of it in the record."),
    ("example_end", INT, "One past its last byte."),
)  # fmt: skip

EVIDENCE_PURPOSES = table(
    "purposes", "one purpose that one source's license permits or does not", ("source_id", "purpose"),
    ("source_id", STR, "Source."),
    ("purpose", STR, "Vocabulary Purpose."),
    ("intended", STR, "yes or no: is it an intended use of the dataset; not-recorded when it declares none."),
    ("license_expression", STR, "Resolved license expression of the source, or NOASSERTION."),
    ("permitted", STR, "yes, no or unknown, after OR chose what suits the purpose and AND merged."),
    ("reasons", STRINGS, "Why it is not permitted or not known; empty when it is permitted."),
    ("conditions", STRINGS, "What to keep to: credit, notices, clauses that are passed on, limits."),
    ("models_permitted", STR, "yes, no or unknown for outputs of the models behind it; not-applicable without any."),
    ("models_reasons", STRINGS, "Why the licenses of those models do not permit it, or why that is not known."),
)  # fmt: skip

EVIDENCE_SUBJECTS = table(
    "subjects", "one person: what is documented of their consent, beside where they are in the data", ("subject_id",),
    *columns(CLAIMED_SUBJECTS),
    ("authorisations", INT, "Authorisations on record."),
    ("authorisations_withdrawn", INT, "Authorisations withdrawn by the day of the audit."),
    ("authorisations_expired", INT, "Authorisations that ended before the day of the audit."),
    ("face_state", STR, "Vocabulary ConsentState over all intended uses; not-applicable without a declared face."),
    ("voice_state", STR, "The same for the voice."),
    ("name_state", STR, "The same for the name."),
    ("text_state", STR, "The same for the person's own words."),
    ("likeness_state", STR, "The lesser of face and voice, which need a separate authorisation."),
    ("mention_state", STR, "The lesser of name and text."),
    ("state", STR, "The least of all; not-recorded at best when no modality or no intended use is recorded."),
    ("gaps", STRINGS, "Everything that authorisations lack where none suffices, in the words of ConsentState."),
    ("uses_documented", STRINGS, "Intended uses that are documented in all that is declared of the person."),
    ("uses_open", STRINGS, "Intended uses that are not."),
    ("commercial", STR, "yes or no: is a commercial use intended; not-recorded when no use is declared."),
    ("lapsed_state", STR, "withdrawn or expired, when that is why a use is open; else none."),
    ("grantor_relation", STR, "What the grantor of the authorisation that comes closest is to the person."),
    ("documented_by", STR, "File or address of that authorisation's evidence, or not-recorded."),
    ("evidence_state", STR, "found, declared-only (not among the files), different, missing or not-recorded."),
    ("source_ids", STRINGS, "Sources whose records or files name the person."),
    ("files", INT, "Files that name the person, or hold records that do."),
    ("records", INT, "Records that name the person or lie in a file that does."),
    ("record_modalities", STRINGS, "Kinds of content of those records (vocabulary Modality)."),
)  # fmt: skip

EVIDENCE_OPT_OUTS = table(
    "opt_outs", "one host of one source: what snapshots of reservations say of its records", ("source_id", "host"),
    ("source_id", STR, "Source."),
    ("host", STR, "Host; '(no address)' for records without one, '(other hosts)' for small ones without a snapshot."),
    ("hosts", INT, "Number of hosts the row stands for; 1 unless it is that of the other hosts."),
    ("kind", STR, "Declared kind of the source (vocabulary SourceKind), or not-recorded."),
    ("opt_outs_checked", STR, "Declared answer to whether opt-outs were checked."),
    ("snapshots", INT, "Snapshots of the host."),
    ("kinds", STRINGS, "What they are of (vocabulary OptOutKind)."),
    ("crawlers", STRINGS, "Crawlers they are read for; not-recorded where none is named: then for any crawler."),
    ("observed_from", STR, "First day of observation (ISO 8601), or not-recorded."),
    ("observed_until", STR, "Last day of observation (ISO 8601), or not-recorded."),
    ("observation_state", STR, "during or outside the source's collection, or not-recorded."),
    ("records", INT, "Records from the host."),
    ("records_allowed", INT, "Records whose address some snapshot allows and none reserves."),
    ("records_reserved", INT, "Records whose address at least one snapshot reserves."),
    ("records_not_recorded", INT, "Records whose address no snapshot speaks of."),
    ("reserved_by", STRINGS, "Kinds of snapshot that reserve records."),
    ("state", STR, "reserved when any record is, allowed when all are, else not-recorded."),
)  # fmt: skip

EVIDENCE_MODELS = table(
    "models", "one model that produced or processed data", ("model_id",),
    *columns(CLAIMED_MODELS),
    ("license_expression", STR, "SPDX expression it resolves to, or NOASSERTION."),
    ("license_state", STR, "How far it resolved (vocabulary LicenseState)."),
    ("use_restrictions", STRINGS, "Union of the restriction tags of its license."),
    ("license_notes", STRINGS, "What is noted of those licenses and training; empty where outputs are free."),
    ("lineage", STRINGS, "Every model it was built on, directly or not, as far as the manifest tells."),
    ("outputs_permitted", STR, "yes, no or unknown: its outputs for every intended use; not-recorded without any."),
    ("outputs_reasons", STRINGS, "Why the licenses behind it do not permit that, or why it is not known."),
    ("outputs_conditions", STRINGS, "What uses of its outputs have to keep to."),
    ("sources", INT, "Sources that name it as generator or processor."),
)  # fmt: skip

EVIDENCE = (
    EVIDENCE_DATASET,
    EVIDENCE_SOURCES,
    *EVIDENCE_OF_COVERAGE,
    EVIDENCE_FILES,
    EVIDENCE_CONTENT,
    EVIDENCE_MEDIA,
    EVIDENCE_LABELS,
    EVIDENCE_DEFECTS,
    EVIDENCE_CLAIM_PROBLEMS,
    EVIDENCE_QUESTIONS,
    EVIDENCE_PERSONAL_INFORMATION,
    EVIDENCE_OVERLAPS,
    EVIDENCE_SIMILARITY,
    EVIDENCE_EXCLUSION_FUNNEL,
    EVIDENCE_DATASET_OVERLAPS,
    EVIDENCE_REFERENCES,
    EVIDENCE_PURPOSES,
    EVIDENCE_MODELS,
    EVIDENCE_SUBJECTS,
    EVIDENCE_OPT_OUTS,
    EVIDENCE_DISCLOSURE,
    EVIDENCE_SOURCE_DISCLOSURES,
    EVIDENCE_TRAINED_MODELS,
    *EVIDENCE_OF_TEXTS,
    *EVIDENCE_OF_COPIES,
)
