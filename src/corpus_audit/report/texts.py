"""The section on the content of texts: rows in the order in which they need review."""

from collections.abc import Mapping
from typing import TypeVar

import pyarrow as pa

from corpus_audit.document.natural_order import natural_order
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

ROWS_KEPT = 500
"""Languages and notices that a report lists; the rest is in languages.parquet and notices.parquet."""

_NOTICES_FIRST = (NoticeState.DIFFERS, NoticeState.RESERVED, NoticeState.RESTRICTED, NoticeState.NOT_RECORDED)
_GATES_FIRST = (GateState.FAILS, GateState.TOO_FEW, GateState.HOLDS)

S = TypeVar("S", bound=Section)


def build_texts(evidence: Mapping[str, pa.Table]) -> TextsSection:
    """Return the section on texts from the evidence tables."""
    languages = sorted(_rows(LanguageShare, evidence["languages"]), key=_language_order)
    notices = sorted(_rows(Notice, evidence["notices"]), key=_notice_order)
    return TextsSection(
        languages=tuple(languages[:ROWS_KEPT]),
        languages_rows=len(languages),
        quality=tuple(
            sorted(
                _rows(TextQuality, evidence["quality"]), key=lambda row: (-row.records, natural_order(row.source_id))
            )
        ),
        diversity=tuple(sorted(_rows(Diversity, evidence["diversity"]), key=lambda row: row.aspect, reverse=True)),
        notices=tuple(notices[:ROWS_KEPT]),
        notices_rows=len(notices),
        secrets=tuple(sorted(_rows(Secret, evidence["secrets"]), key=_secret_order)),
        names=tuple(sorted(_rows(NameCount, evidence["names"]), key=_name_order)),
        keywords=tuple(sorted(_rows(KeywordCount, evidence["keywords"]), key=_keyword_order)),
        gates=tuple(sorted(_rows(AcceptanceResult, evidence["gates"]), key=_gate_order)),
        checks=tuple(sorted(_rows(Check, evidence["checks"]), key=lambda row: row.check_id)),
        below_minimum_score=tuple(
            sorted(
                _rows(LowScores, evidence["below_minimum_score"]),
                key=lambda row: (row.kind, row.entity_type, natural_order(row.source_id)),
            )
        ),
    )


def _rows(model: type[S], table: pa.Table) -> list[S]:
    return [model.model_validate(row) for row in table.select(list(model.model_fields)).to_pylist()]


def _language_order(row: LanguageShare) -> tuple[bool, int, tuple[str, str], str]:
    return row.state != LanguageState.UNDECLARED, -row.records, natural_order(row.source_id), row.language


def _notice_order(row: Notice) -> tuple[bool, int, tuple[str, str], str, str]:
    return row.state not in _NOTICES_FIRST, -row.records, natural_order(row.source_id), row.entity_type, row.stated


def _secret_order(row: Secret) -> tuple[int, str, tuple[str, str]]:
    return -row.records, row.entity_type, natural_order(row.source_id)


def _keyword_order(row: KeywordCount) -> tuple[int, tuple[str, str], str]:
    return -row.records, natural_order(row.source_id), row.keyword_list


def _name_order(row: NameCount) -> tuple[int, tuple[str, str], str, str]:
    return -row.records, natural_order(row.source_id), row.entity_type, row.method


def _gate_order(row: AcceptanceResult) -> tuple[bool, int, str]:
    return row.source_id != WHOLE_DATASET, (*_GATES_FIRST, GateState.NOT_RECORDED).index(GateState(row.state)), row.gate
