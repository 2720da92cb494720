"""Unchecked aspects of an audit: derived from the evidence, so that no report can omit them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from corpus_audit.report.bounds import VALUES_LISTED
from corpus_audit.report.comparisons import Row
from corpus_audit.report.context import AuditContext
from corpus_audit.report.listing import total
from corpus_audit.report.sections import (
    Limit,
    LimitCode,
    RuleRow,
)
from corpus_audit.schemas.copies import COMPARED_WHOLE
from corpus_audit.vocabulary import CLAIMS_SOURCE, FileFormat, FileState, RuleState

NOT_READ = (FileState.MISSING, FileState.REFUSED, FileState.UNREADABLE)


def collect_limits(
    context: AuditContext,
    rules: Sequence[RuleRow],
    files: Sequence[Row],
    evidence: Mapping[str, pa.Table],
) -> tuple[Limit, ...]:
    """Return everything this audit did not check, in the order a reader should learn of it; *files* are groups."""
    return (
        *_file_limits(files),
        *_detector_limits(context, evidence["below_minimum_score"]),
        Limit(
            code=LimitCode.DETECTORS_COVER_ONLY,
            count=len(context.entity_types),
            values=tuple(sorted(context.entity_types)),
        ),
        Limit(
            code=LimitCode.COPIES_ABOVE_THRESHOLD_ONLY,
            values=(str(context.parameters["jaccard_threshold"]),),
        ),
        Limit(code=LimitCode.LARGE_GROUPS_COMPARED_IN_PART, values=(str(COMPARED_WHOLE),)),
        *overlap_limits(evidence["common_texts"].to_pylist()),
        *_list_limits(evidence.values()),
        Limit(code=LimitCode.COPIES_WITHIN_STORE_ONLY),
        Limit(code=LimitCode.LICENSE_TEXTS_NOT_READ),
        *_address_limits(evidence["sources"]),
        *_rule_limits(rules),
    )


def _file_limits(files: Sequence[Row]) -> Iterator[Limit]:
    unread = [row for row in files if row["state"] in NOT_READ]
    read = [row for row in files if row["state"] not in NOT_READ and row["source_id"] != CLAIMS_SOURCE]
    chosen = (
        (LimitCode.FILES_NOT_READ_AS_TEXT, [row for row in read if row["format"] == FileFormat.BINARY]),
        (LimitCode.FILES_NOT_READ, unread),
        (LimitCode.FILES_READ_WITH_DEFECTS, [row for row in read if row["has_defects"]]),
    )
    for code, rows in chosen:
        if rows:
            files, size_bytes = (sum(row[name] for row in rows) for name in ("files", "size_bytes"))
            yield Limit(code=code, count=files, size_bytes=size_bytes)


def _detector_limits(context: AuditContext, low_scores: pa.Table) -> Iterator[Limit]:
    if context.detectors_off:
        yield Limit(code=LimitCode.DETECTORS_OFF, count=len(context.detectors_off), values=context.detectors_off)
    if low_scores.num_rows:
        types = tuple(sorted(pc.unique(low_scores["entity_type"]).to_pylist()))
        yield Limit(code=LimitCode.BELOW_MINIMUM_SCORE, count=total(low_scores, "spans"), values=types)


def overlap_limits(common_texts: Sequence[Row]) -> Iterator[Limit]:
    """Yield what a list of overlaps leaves out, if anything, by the evidence on texts of very many sources."""
    if common_texts:
        texts, unlisted = (sum(row[name] for row in common_texts) for name in ("texts", "unlisted_pairs"))
        yield Limit(code=LimitCode.OVERLAPS_NOT_ALL_LISTED, count=texts, values=(f"{unlisted:,}",))


def _list_limits(evidence: Iterable[pa.Table]) -> Iterator[Limit]:
    lists = [column for table in evidence for column in table.columns if pa.types.is_list(column.type)]
    longer = sum(pc.sum(pc.greater(pc.list_value_length(column), VALUES_LISTED)).as_py() or 0 for column in lists)
    if longer:
        yield Limit(code=LimitCode.LISTS_SHORTENED, count=longer, values=(str(VALUES_LISTED),))


def _address_limits(sources: pa.Table) -> Iterator[Limit]:
    count = pc.sum(pc.list_value_length(sources["license_evidence_urls"])).as_py()
    if count:
        yield Limit(code=LimitCode.ADDRESSES_NOT_OPENED, count=count)


def _rule_limits(rules: Sequence[RuleRow]) -> Iterator[Limit]:
    missed = [rule.rule_id for rule in rules if rule.state in (RuleState.ERRORED, RuleState.NOT_EVALUATED)]
    if missed:
        yield Limit(code=LimitCode.RULES_NOT_EVALUATED, count=len(missed), values=tuple(sorted(missed)))
