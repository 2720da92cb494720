"""The section on the content of texts: rows in the order in which they need review."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.listing import (
    Key,
    falling,
    in_order,
    list_rows,
    make_rows,
    naturally,
    others_last,
    placed,
    rising,
)
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.texts import (
    AcceptanceResult,
    Check,
    Diversity,
    KeywordCount,
    LanguageShare,
    LowScores,
    NameCount,
    Notice,
    Secret,
    TextQuality,
    TextsSection,
)
from corpus_audit.vocabulary import WHOLE_DATASET, GateState, LanguageState, NoticeState

_NOTICES_FIRST = (NoticeState.DIFFERS, NoticeState.RESERVED, NoticeState.RESTRICTED, NoticeState.NOT_RECORDED)
_GATES_FIRST = (GateState.FAILS, GateState.TOO_FEW, GateState.HOLDS, GateState.NOT_RECORDED)

_LISTS: Mapping[str, tuple[type[Section], tuple[Key, ...]]] = {
    "languages": (
        LanguageShare,
        (placed("state", (LanguageState.UNDECLARED,)), falling("records"), naturally("source_id"), rising("language")),
    ),
    "quality": (TextQuality, (falling("records"), naturally("source_id"))),
    "notices": (
        Notice,
        (
            others_last("state", _NOTICES_FIRST),
            falling("records"),
            naturally("source_id"),
            rising("entity_type"),
            rising("stated"),
        ),
    ),
    "secrets": (Secret, (falling("records"), rising("entity_type"), naturally("source_id"))),
    "names": (NameCount, (falling("records"), naturally("source_id"), rising("entity_type"), rising("method"))),
    "keywords": (KeywordCount, (falling("records"), naturally("source_id"), rising("keyword_list"))),
    "gates": (
        AcceptanceResult,
        (
            lambda table: pc.invert(_has_records(table)),
            placed("source_id", (WHOLE_DATASET,)),
            placed("state", _GATES_FIRST),
            rising("gate"),
            naturally("source_id"),
        ),
    ),
    "below_minimum_score": (LowScores, (rising("kind"), rising("entity_type"), naturally("source_id"))),
}
"""The lists of the section, each an evidence table of that name: what a row is, and which come first."""


def build_texts(evidence: Mapping[str, pa.Table]) -> TextsSection:
    """Return the section on texts from the evidence tables."""
    lists = {
        name: list_rows(model, evidence[name], f"{name}.parquet", *order) for name, (model, order) in _LISTS.items()
    }
    return TextsSection(
        diversity=make_rows(Diversity, in_order(evidence["diversity"], rising("aspect")))[::-1],
        gates_with_records=evidence["gates"].filter(_has_records(evidence["gates"])).num_rows,
        checks=make_rows(Check, in_order(evidence["checks"], rising("check_id"))),
        **lists,
    )


def _has_records(gates: pa.Table) -> pa.ChunkedArray:
    """Return which gates are of the dataset, or of a source in which any keyword was looked for."""
    return pc.or_(pc.not_equal(gates["gate"], "source"), pc.greater(gates["records_checked"], 0))
