"""Words for what the texts hold and say: columns of that evidence, and the states in it."""

from collections.abc import Mapping

from corpus_audit.report.wording.marking import _
from corpus_audit.vocabulary import LanguageState, NoticeState

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
