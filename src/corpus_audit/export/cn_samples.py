"""Sizes and pass rates of the samples that GB/T 45654 asks for: recorded reviews, and the audit's own search."""

from collections.abc import Iterator, Sequence

from corpus_audit.export.form import FormTable, LocalizedText
from corpus_audit.export.formatting import count_noun, format_count, format_share
from corpus_audit.export.inputs import ExportInputs, Row

_TITLE = LocalizedText(en="Samples: sizes and pass rates", zh="抽检数量与合格率")
_HEADINGS = (
    LocalizedText(en="Sample", zh="抽检"),
    LocalizedText(en="Asked for", zh="要求"),
    LocalizedText(en="Sampled", zh="抽检数量"),
    LocalizedText(en="Rejected", zh="不合格数量"),
    LocalizedText(en="Passed", zh="合格率"),
    LocalizedText(en="Result", zh="结果"),
)
_NOT_RECORDED = LocalizedText(en="not recorded", zh="未记录")
_NOTHING = LocalizedText(en="nothing to judge", zh="没有可评判的内容")
_MET = LocalizedText(en="met", zh="达到")
_UNMET = LocalizedText(en="not met", zh="未达到")
_EMPTY = LocalizedText(en="–", zh="–")
_FEW = 4_000
_HARMFUL = 0.05

_Cells = tuple[LocalizedText, ...]


def samples_table(inputs: ExportInputs) -> FormTable:
    """Return the table of all samples."""
    whole = inputs.rows("disclosure")[0]
    rows = (*_of_sources(inputs), *_of_the_whole(whole), _keywords(whole), *_searched(inputs))
    return FormTable(title=_TITLE, headings=_HEADINGS, rows=rows)


def _of_sources(inputs: ExportInputs) -> Iterator[_Cells]:
    """Yield the reviews of the sources before and after collection: each source has to pass by itself.

    A source counts as reviewed if both the size of its sample and what was rejected are recorded.
    """
    for name, title in (
        ("before", LocalizedText(en="Each source before collection", zh="采集前逐个来源抽检")),
        ("after", LocalizedText(en="Each source after collection", zh="采集后逐个来源抽检")),
    ):
        rows = inputs.rows("source_disclosures")
        sampled = [row for row in rows if row[f"{name}_sampled"]]
        reviewed = [row for row in rows if row[f"{name}_harmful_share"] is not None]
        harmful = max((row[f"{name}_harmful_share"] for row in reviewed), default=None)
        asked = LocalizedText(en="at most 5 % harmful in any source", zh="每个来源违法不良信息不超过5%")
        missing = len(rows) - len(reviewed)
        result = _result(None if harmful is None else harmful <= _HARMFUL)
        if reviewed and missing:
            result = LocalizedText(
                en=f"{result.en}; not recorded for {missing} of {len(rows)} sources",
                zh=f"{result.zh}；{len(rows)}个来源中有{missing}个未记录",
            )
        yield (
            title,
            asked,
            *_counts(reviewed or sampled, f"{name}_sampled", f"{name}_rejected"),
            _share(None if harmful is None else 1 - harmful, en="worst source: ", zh="最低来源："),
            result,
        )


def _of_the_whole(whole: Row) -> Iterator[_Cells]:
    sampled = whole["manual_sampled"]
    yield (
        LocalizedText(en="Whole, by people", zh="全部语料人工抽检"),
        LocalizedText(
            en="at least 4,000 items (all of fewer), 96 % pass", zh="不少于4,000条（不足的全检），合格率不低于96%"
        ),
        *_counts([whole] if sampled is not None else [], "manual_sampled", "manual_rejected"),
        _share(whole["manual_pass_share"]),
        _sample_result(
            sampled, _is_at_least(sampled, min(_FEW, whole["records"])), _is_at_least(whole["manual_pass_share"], 0.96)
        ),
    )
    sampled = whole["automatic_sampled"]
    yield (
        LocalizedText(en="Whole, by keywords or classifiers", zh="全部语料技术抽检（关键词、分类模型）"),
        LocalizedText(en="at least 10 %, 98 % pass", zh="不少于10%，合格率不低于98%"),
        *_counts([whole] if sampled is not None else [], "automatic_sampled", "automatic_rejected"),
        _share(whole["automatic_pass_share"]),
        _sample_result(
            sampled,
            _is_at_least(whole["automatic_sampled_share"], 0.1),
            _is_at_least(whole["automatic_pass_share"], 0.98),
        ),
    )


def _keywords(whole: Row) -> _Cells:
    number = whole["keywords"]
    return (
        LocalizedText(en="List of keywords", zh="关键词库"),
        LocalizedText(en="at least 10,000", zh="不少于10,000个"),
        _NOT_RECORDED if number is None else _count(number),
        _EMPTY,
        _EMPTY,
        _result(_is_at_least(number, 10_000)),
    )


def _searched(inputs: ExportInputs) -> Iterator[_Cells]:
    """Yield what the audit itself searched by the operator's lists of keywords."""
    for row in inputs.rows("gates"):
        if row["gate"] != "keyword":
            continue
        checked = row["records_checked"]
        unsearched = _NOT_RECORDED if row["records"] else _NOTHING
        yield (
            LocalizedText(en="Whole, searched by this audit's keywords", zh="全部语料，本次审计关键词检索"),
            LocalizedText(
                en=f"{count_noun(row['records_needed'], 'record')}, {format_share(row['passes_at'])} pass",
                zh=f"不少于{format_count(row['records_needed'])}条，合格率不低于{_percent(row['passes_at'])}",
            ),
            _count(checked),
            _count(row["records_rejected"]) if checked else _EMPTY,
            _share(row["clean_share"]) if checked else _EMPTY,
            _result(row["state"] == "holds") if checked else unsearched,
        )


def _counts(rows: Sequence[Row], sampled: str, rejected: str) -> tuple[LocalizedText, LocalizedText]:
    if not rows:
        return _NOT_RECORDED, _EMPTY
    known = [row[rejected] for row in rows if row[rejected] is not None]
    return _count(sum(row[sampled] for row in rows)), _count(sum(known)) if known else _NOT_RECORDED


def _count(number: int) -> LocalizedText:
    return LocalizedText(en=format_count(number), zh=format_count(number))


def _share(share: float | None, en: str = "", zh: str = "") -> LocalizedText:
    return _EMPTY if share is None else LocalizedText(en=en + format_share(share), zh=zh + _percent(share))


def _is_at_least(figure: float | None, least: float) -> bool | None:
    """Return whether a figure is large enough; None where it is not recorded."""
    return None if figure is None else figure >= least


def _sample_result(sampled: int | None, *demands: bool | None) -> LocalizedText:
    """Return whether a sample is as asked; a sample of nothing shows nothing."""
    if sampled is None:
        return _NOT_RECORDED
    return _result(*demands) if sampled else _NOTHING


def _result(*demands: bool | None) -> LocalizedText:
    """Return whether all demands are met: one that is not decides, one that is unknown leaves it open."""
    if False in demands:
        return _UNMET
    return _NOT_RECORDED if None in demands else _MET


def _percent(share: float) -> str:
    """Return a share as Chinese writes it, without a gap before the sign."""
    return format_share(share).replace(" %", "%")
