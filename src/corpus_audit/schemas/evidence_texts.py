"""Evidence on what the texts hold and say: languages, quality, variety, notices, secrets."""

from corpus_audit.schemas.table import FLOAT, INT, STR, STRINGS, table

_SOURCE_OR_ALL = "Source; (dataset) for the dataset as a whole."

EVIDENCE_LANGUAGES = table(
    "languages", "one language in the sample of one source", ("source_id", "language"),
    ("source_id", STR, "Source."),
    ("language", STR, "Language that a classifier names (ISO 639), or und where it could not tell."),
    ("declared", STR, "yes or no: does the dataset declare it; not-recorded when it declares no language."),
    ("records_sampled", INT, "Records of the source in the sample."),
    ("records", INT, "Of those, records in this language."),
    ("record_share", FLOAT, "records as a share of records_sampled."),
    ("records_declared_otherwise", INT, "Of those, records that themselves declare another language."),
    ("mean_confidence", FLOAT, "Mean probability that the classifier gives."),
    ("state", STR, "declared, undeclared, undetermined (und), or not-recorded when the dataset declares none."),
)  # fmt: skip

EVIDENCE_QUALITY = table(
    "quality", "one source: proxies of the quality of its texts", ("source_id",),
    ("source_id", STR, _SOURCE_OR_ALL),
    ("records", INT, "Records with text."),
    ("duplicate_share", FLOAT, "Bytes of exact and near copies as a share of all text; 0 without text."),
    ("characters_p10", INT, "Length in code points that a tenth of the records do not exceed."),
    ("characters_median", INT, "Length that half of the records do not exceed."),
    ("characters_p90", INT, "Length that nine tenths of the records do not exceed."),
    ("characters_most", INT, "Length of the longest record."),
    ("mean_entropy_bits", FLOAT, "Mean Shannon entropy in bits a byte."),
    ("damaged_records", INT, "Records with U+FFFD or with text that looks like UTF-8 read in another encoding."),
    ("damaged_share", FLOAT, "damaged_records as a share of records."),
    ("control_character_records", INT, "Records with control characters other than tab and line ends."),
    ("records_sampled", INT, "Records in the sample that the columns after this one are computed on."),
    ("mean_compressed_share", FLOAT, "Mean size after zstd as a share of the size before; null without a sample."),
    ("mean_boilerplate_share", FLOAT, "Mean share of boilerplate lines; null without a sample."),
    ("mean_repeated_line_share", FLOAT, "Mean share of lines seen before in the same text; null without a sample."),
    ("records_judged", INT, "Sampled records whose words are set apart by spaces, so that the heuristics apply."),
    ("gopher_rejected_share", FLOAT, "Share of those that the rules of Gopher reject; null when none is judged."),
    ("gopher_rules", STRINGS, "Rules of Gopher that reject most of them, the most frequent first, at most five."),
    ("c4_rejected_share", FLOAT, "Share of those that the rules of C4 reject; null when none is judged."),
    ("c4_rules", STRINGS, "Rules of C4 that reject most of them, the most frequent first."),
)  # fmt: skip

EVIDENCE_DIVERSITY = table(
    "diversity", "one aspect in which a dataset is varied or is not", ("aspect",),
    ("aspect", STR, "What is counted: sources (by bytes of text), languages or scripts (by records)."),
    ("distinct_kinds", INT, "How many there are."),
    ("largest", STR, "The one that holds most."),
    ("largest_share", FLOAT, "Its share."),
    ("entropy_bits", FLOAT, "Shannon entropy of the shares, in bits."),
    ("effective_kinds", FLOAT, "2 to the power of the entropy: so many equal ones would be as varied."),
)  # fmt: skip

EVIDENCE_SECRETS = table(
    "secrets", "one kind of secret in one source", ("source_id", "entity_type"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Kind of secret (docs/reference/detectors.md)."),
    ("records", INT, "Records with at least one."),
    ("spans", INT, "How often."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("records_looked_at", INT, "Records of the source that were read, or scanned in other columns."),
    ("record_share", FLOAT, "records as a share of records_looked_at."),
    ("columns", STRINGS, "The first 20 columns it was found in, those with most records first; (text) for the text."),
    ("mean_score", FLOAT, "Mean confidence."),
)  # fmt: skip

EVIDENCE_NOTICES = table(
    "notices", "one thing that the texts of one source say of their own rights or origin",
    ("source_id", "entity_type", "stated"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "Kind of notice (docs/reference/detectors.md)."),
    ("stated", STR, "SPDX expression of a license notice, or unrecognised; '' where a kind says all there is to say."),
    ("declared", STR, "What it is set against: the source's license expression, or whether a model generated it."),
    ("records", INT, "Records with at least one."),
    ("spans", INT, "How often."),
    ("distinct_values", INT, "Distinct wordings or holders, counted by keyed hash."),
    ("record_share", FLOAT, "records as a share of those that were looked at."),
    ("mean_score", FLOAT, "Mean confidence."),
    ("state", STR, "How it stands to what is declared (vocabulary NoticeState)."),
)  # fmt: skip

EVIDENCE_KEYWORDS = table(
    "keywords", "one list of the operator in one source", ("source_id", "keyword_list"),
    ("source_id", STR, "Source."),
    ("keyword_list", STR, "Name of the list."),
    ("records_checked", INT, "Records of the source that were searched."),
    ("records", INT, "Records that hold a word of the list."),
    ("record_share", FLOAT, "records as a share of records_checked."),
)  # fmt: skip

EVIDENCE_GATES = table(
    "gates", "one gate that a source or the dataset has to pass before it is used", ("gate", "source_id"),
    ("gate", STR, "source (each source, by keywords), keyword (the dataset, by keywords) or manual (by people)."),
    ("source_id", STR, _SOURCE_OR_ALL),
    ("records", INT, "Records with text."),
    ("records_needed", INT, "Records that have to be looked at."),
    ("records_checked", INT, "Records that were."),
    ("records_rejected", INT, "Of those, records that hold a word of some list."),
    ("clean_share", FLOAT, "Share of records_checked that hold none; null when none was looked at."),
    ("passes_at", FLOAT, "The least clean_share at which the gate holds."),
    ("keyword_lists", STRINGS, "Names of the lists applied."),
    ("state", STR, "holds, fails, too-few (fewer looked at than needed), or not-recorded (none looked at)."),
)  # fmt: skip

EVIDENCE_NAMES = table(
    "names", "one kind of name in the sample of one source", ("source_id", "entity_type", "method"),
    ("source_id", STR, "Source."),
    ("entity_type", STR, "PERSON, NRP (nationality, religious or political group) or LOCATION."),
    ("method", STR, "How it was looked for: presidio (a model) or surname-and-title (rules); both err."),
    ("declared", STR, "yes when the source declares this type, else the source's declared answer."),
    ("records_sampled", INT, "Records of the source in which it was looked for."),
    ("records", INT, "Of those, records with at least one."),
    ("spans", INT, "How often."),
    ("distinct_values", INT, "Distinct values, counted by keyed hash."),
    ("record_share", FLOAT, "records as a share of records_sampled."),
    ("mean_score", FLOAT, "Mean confidence."),
    ("state", STR, "declared, undeclared or not-recorded."),
)  # fmt: skip

EVIDENCE_CHECKS = table(
    "checks", "one check that reads a sample, or that an audit may have to leave out", ("check_id",),
    ("check_id", STR, "languages, quality, names-presidio, names-surname-and-title, keywords or manual-reading."),
    ("state", STR, "run or not-run."),
    ("reason", STR, "Why it was not run; '' when it was."),
    ("method", STR, "What was run, with its version."),
    ("records", INT, "Records it looked at."),
    ("records_in_all", INT, "Records with text."),
    ("seed", INT, "Seed of the order in which samples take records."),
)  # fmt: skip

EVIDENCE_OF_TEXTS = (
    EVIDENCE_LANGUAGES,
    EVIDENCE_QUALITY,
    EVIDENCE_DIVERSITY,
    EVIDENCE_SECRETS,
    EVIDENCE_NOTICES,
    EVIDENCE_KEYWORDS,
    EVIDENCE_GATES,
    EVIDENCE_NAMES,
    EVIDENCE_CHECKS,
)
