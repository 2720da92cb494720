"""The start of a report: the dataset, the rules' result, and the overall figures."""

from collections.abc import Iterator, Mapping

from corpus_audit.document.blocks import Banner, Block, Facts, Heading, Paragraph, Tone
from corpus_audit.report import wording
from corpus_audit.report.coverage import of_looked_at, read_line, unread_lines
from corpus_audit.report.formatting import format_bytes, format_number, format_share, format_value, is_unknown
from corpus_audit.report.model import Report
from corpus_audit.report.outline.extent import Extent
from corpus_audit.report.problem_groups import group_problems, weightiest
from corpus_audit.report.problems import group_sentence, verdict_sentences
from corpus_audit.report.reasons import reason_parts
from corpus_audit.report.sections import ReasonRow
from corpus_audit.report.translator import Translator
from corpus_audit.vocabulary import Verdict

_TONES = {
    Verdict.PASS: Tone.GOOD,
    Verdict.PASS_WITH_WAIVERS: Tone.GOOD,
    Verdict.FAIL: Tone.BAD,
    Verdict.INCOMPLETE: Tone.OPEN,
}


def opening(report: Report, words: Translator, _extent: Extent) -> Iterator[Block]:
    """Yield what was audited, and the verdict."""
    dataset, audit = report.audit.dataset, report.audit
    if not is_unknown(dataset.description):
        yield Paragraph(dataset.description)

    def value(column: str) -> str:
        return format_value(column, getattr(dataset, column), words)

    packs = words.join(f"{words.choose(pack.title)} {pack.version}" for pack in audit.packs)
    yield Facts(
        (
            (words("Dataset"), dataset.dataset_id, value("version")),
            (words("Issuer"), value("issuer"), ""),
            (words("Intended uses"), value("intended_uses"), ""),
            (words("Passed on to others"), value("release"), ""),
            (words("Audited"), audit.started_at[:10], ""),
            (words("Against"), packs or words(wording.word("none")), ""),
        )
    )
    verdict, titles = report.verdict, {rule.rule_id: words.choose(rule.title) for rule in report.rules}
    yield Banner(
        label=words("Verdict"),
        word=words(wording.VERDICTS[verdict.verdict]),
        text=verdict_sentences(report, words),
        items=(
            *(group_sentence(group, words) for group in weightiest(group_problems(report))),
            words("{name}: {value}").format(name=words("Read"), value=read_line(report.coverage, words)),
            *unread_lines(report.coverage, words),
            *(
                _sentence(reason, titles, words)
                for reason in verdict.reasons
                if reason.code not in wording.COUNTED_REASONS
            ),
        ),
        tone=_TONES[verdict.verdict],
    )


def _sentence(reason: ReasonRow, titles: Mapping[str, str], words: Translator) -> str:
    """Return a reason with its rules by their titles."""
    parts = reason_parts(reason, words)
    return "".join(f"“{titles.get(rule_id, rule_id)}”" if rule_id else text for text, rule_id in parts)


def figures(report: Report, words: Translator, _extent: Extent) -> Iterator[Block]:
    """Yield the figures of the whole dataset."""
    summary = report.summary

    def of_text(share: float) -> str:
        return words("%(share)s of text") % {"share": format_share(share, words)}

    yield Heading(words("Figures"))
    yield Facts(
        (
            (words("Sources"), format_number(summary.sources), ""),
            (
                words("Files"),
                format_number(summary.files),
                words("%(count)s verified") % {"count": format_number(summary.files_verified)},
            ),
            (words("On disk"), format_bytes(summary.size_bytes), ""),
            (words("Records"), format_number(summary.records), ""),
            (words("Text"), format_bytes(summary.text_bytes), ""),
            (
                words("Exact copies"),
                format_number(summary.exact_duplicate_records),
                of_text(summary.exact_duplicate_share),
            ),
            (
                words("Near copies"),
                format_number(summary.near_duplicate_records),
                of_text(summary.near_duplicate_share),
            ),
            (
                words("With personal information"),
                format_number(summary.personal_information_records),
                of_looked_at(report.coverage.total.rows_looked_at, words),
            ),
        ),
        is_large=True,
    )
