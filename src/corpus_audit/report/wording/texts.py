"""Words for what the texts hold and say: columns of that evidence, and the states in it."""

from collections.abc import Mapping

from corpus_audit.report.sections import ClaimStatus
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import GateState, LanguageState, NoticeState

TEXT_COLUMNS: Mapping[str, str] = {
    "language": _("Language"),
    "records_sampled": _("Records in the sample"),
    "records_declared_otherwise": _("Declared otherwise by the record"),
    "mean_confidence": _("Mean confidence"),
    "duplicate_share": _("Copies, share of text"),
    "characters_p10": _("Length: tenth below"),
    "characters_median": _("Length: half below"),
    "characters_p90": _("Length: nine tenths below"),
    "characters_most": _("Length: longest"),
    "mean_entropy_bits": _("Entropy, bits a byte"),
    "damaged_records": _("Damaged records"),
    "damaged_share": _("Damaged, share of records"),
    "control_character_records": _("Records with control characters"),
    "mean_compressed_share": _("Compressed to"),
    "mean_boilerplate_share": _("Boilerplate, share of lines"),
    "mean_repeated_line_share": _("Repeated lines"),
    "records_judged": _("Records judged"),
    "gopher_rejected_share": _("Rejected by Gopher"),
    "gopher_rules": _("Most frequent rules of Gopher"),
    "c4_rejected_share": _("Rejected by C4"),
    "c4_rules": _("Most frequent rules of C4"),
    "aspect": _("Aspect"),
    "distinct_kinds": _("Kinds"),
    "largest": _("Largest"),
    "largest_share": _("Share of the largest"),
    "entropy_bits": _("Entropy in bits"),
    "effective_kinds": _("As varied as so many equal ones"),
    "stated": _("What the text says"),
    "keyword_list": _("Keyword list"),
    "keyword_lists": _("Keyword lists"),
    "records_checked": _("Records looked at"),
    "gate": _("Gate"),
    "records_needed": _("Records to look at"),
    "records_rejected": _("Records rejected"),
    "clean_share": _("Clean, share of records"),
    "passes_at": _("Holds from"),
    "method": _("How"),
    "check_id": _("Check"),
    "records_in_all": _("Records in all"),
    "seed": _("Seed"),
}

LANGUAGE_STATES: Mapping[str, str] = {
    LanguageState.DECLARED: _("declared"),
    LanguageState.UNDECLARED: _("not declared"),
    LanguageState.UNDETERMINED: _("could not be told"),
    LanguageState.NOT_RECORDED: _("no language is declared"),
}

NOTICE_STATES: Mapping[str, str] = {
    NoticeState.AGREES: _("agrees with what is declared"),
    NoticeState.DIFFERS: _("differs from what is declared"),
    NoticeState.RESERVED: _("reserves rights against training"),
    NoticeState.RESTRICTED: _("keeps the text from others"),
    NoticeState.NOTED: _("noted"),
    NoticeState.NOT_RECORDED: _("nothing is declared to set it against"),
}

GATES: Mapping[str, str] = {
    "source": _("each source, by keywords"),
    "keyword": _("the whole dataset, by keywords"),
    "manual": _("the whole dataset, read by people"),
}

GATE_STATES: Mapping[str, str] = {
    GateState.HOLDS: _("holds"),
    GateState.FAILS: _("does not hold"),
    GateState.TOO_FEW: _("too few records were looked at"),
    GateState.NOT_RECORDED: _("nothing was looked at"),
}

METHODS: Mapping[str, str] = {
    "presidio": _("a model (Presidio)"),
    "surname-and-title": _("rules (surname and title)"),
}

TEXT_CHECKS: Mapping[str, str] = {
    "languages": _("language"),
    "quality": _("proxies of quality"),
    "names-presidio": _("names in English texts, by a model"),
    "names-surname-and-title": _("names in Chinese texts, by rules"),
    "keywords": _("prohibited content, by keywords"),
    "manual-reading": _("prohibited content, read by people"),
}

CHECK_REASONS: Mapping[str, str] = {
    "not-installed": _("the optional extra 'ner' is not installed"),
    "another-model": _("the model that is installed is not the one that was tested"),
    "no-keyword-list": _("no keyword list was given"),
    "nobody-recorded-it": _("not recorded; what people have to read is in manual_sample.parquet"),
}

VARIETY: Mapping[str, str] = {
    "sources": _("sources, by bytes of text"),
    "languages": _("languages, by records"),
    "scripts": _("scripts, by records"),
}

STATED: Mapping[str, str] = {
    "unrecognised": _("a license tag that names no known license"),
    "AIGC generated": _("generated (AIGC label)"),
    "AIGC possibly generated": _("possibly generated (AIGC label)"),
    "AIGC suspected generated": _("suspected of being generated (AIGC label)"),
    "AIGC label that does not conform": _("an AIGC label that does not conform"),
}

LANGUAGE_MARKS: Mapping[str, str] = {
    LanguageState.DECLARED: ClaimStatus.SUPPORTED,
    LanguageState.UNDECLARED: ClaimStatus.CONTRADICTED,
    LanguageState.UNDETERMINED: ClaimStatus.UNCLEAR,
    LanguageState.NOT_RECORDED: ClaimStatus.MISSING,
}

NOTICE_MARKS: Mapping[str, str] = {
    NoticeState.AGREES: ClaimStatus.SUPPORTED,
    NoticeState.DIFFERS: ClaimStatus.CONTRADICTED,
    NoticeState.RESERVED: ClaimStatus.CONTRADICTED,
    NoticeState.RESTRICTED: ClaimStatus.CONTRADICTED,
    NoticeState.NOTED: ClaimStatus.RECORDED,
    NoticeState.NOT_RECORDED: ClaimStatus.MISSING,
}

GATE_MARKS: Mapping[str, str] = {
    GateState.HOLDS: ClaimStatus.SUPPORTED,
    GateState.FAILS: ClaimStatus.CONTRADICTED,
    GateState.TOO_FEW: ClaimStatus.UNCLEAR,
    GateState.NOT_RECORDED: ClaimStatus.MISSING,
}
