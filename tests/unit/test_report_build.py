from dataclasses import replace

import pyarrow as pa
import pytest

from corpus_audit.corpus.recognition import RECOGNISED
from corpus_audit.evidence import tables
from corpus_audit.report import sections
from corpus_audit.report.bounds import ROWS_LISTED, VALUES_LISTED
from corpus_audit.report.comparisons import ASPECTS, compare_source
from corpus_audit.report.files import build_recognised
from corpus_audit.report.json import render_json
from corpus_audit.report.sections import ClaimStatus, LimitCode
from corpus_audit.report.views import CHECKED_ASPECTS, UNCHECKED_ASPECTS
from corpus_audit.vocabulary import LicenseState, RuleState, Severity, TermsConflict
from golden.report_fixture import context, large_input, small_input, table
from golden.report_rows import OVERLAPS, SOURCES


def _reversed(data: pa.Table) -> pa.Table:
    return data.take(list(range(data.num_rows))[::-1])


def _source(**changes):
    plain = table(tables.SOURCES, [SOURCES[1] | changes]).to_pylist()[0]
    return {comparison.aspect: comparison for comparison in compare_source(plain)}


def test_order_of_rows_does_not_reach_the_report():
    given = small_input()
    shuffled = replace(
        given,
        rules=_reversed(given.rules),
        findings=_reversed(given.findings),
        evidence={name: _reversed(data) for name, data in given.evidence.items()},
    )
    assert render_json(shuffled.build()) == render_json(given.build())


def test_every_evidence_column_reaches_the_report_or_is_left_out_knowingly():
    fields = {
        name
        for section in vars(sections).values()
        if isinstance(section, type) and issubclass(section, sections.Section)
        for name in section.model_fields
    }
    compared = {
        "collected_from", "collected_until", "collection_method", "collection_period_state", "collector",
        "legal_basis", "legal_basis_state", "license_evidence", "license_evidence_found", "license_evidence_state",
        "opt_outs_checked", "origin", "personal_information", "personal_information_observed",
        "personal_information_state", "personal_information_types", "synthetic",
    }  # fmt: skip
    said_by_others = {"intended_uses_state", "languages_state", "format", "field", "question", "question_zh"}
    only_in_findings = {"checks_state", "attribution", "notice", "ai_label_records", "ai_label_state"}
    only_in_parquet = {"sources_a", "sources_b", "texts", "unlisted_pairs"}
    exported = (tables.DISCLOSURE, tables.SOURCE_DISCLOSURES, tables.TRAINED_MODELS)
    told_by_findings = (tables.LICENSE_EVIDENCE,)
    left_out = (*exported, *told_by_findings)
    columns = {name for evidence in tables.EVIDENCE if evidence not in left_out for name in evidence.schema.names}
    assert columns - fields - compared - said_by_others - only_in_findings - only_in_parquet == set()


def test_every_aspect_is_shown_in_one_of_the_two_tables_of_sources():
    assert {aspect.name for aspect in ASPECTS} == {*CHECKED_ASPECTS, *UNCHECKED_ASPECTS}


@pytest.mark.parametrize(
    ("changes", "aspect", "status"),
    [
        ({"license_state": "resolved"}, "license", ClaimStatus.RECORDED),
        ({"license_state": "ambiguous"}, "license", ClaimStatus.UNCLEAR),
        ({"license_state": "not-recorded"}, "license", ClaimStatus.MISSING),
        ({"license_evidence_state": "declared-only"}, "license_evidence", ClaimStatus.UNCLEAR),
        ({"files_failed": 1}, "files", ClaimStatus.CONTRADICTED),
        ({"files_undeclared": 1}, "files", ClaimStatus.CONTRADICTED),
        ({"files_without_checksum": 1}, "files", ClaimStatus.UNCLEAR),
        ({"files": 0, "files_verified": 0}, "files", ClaimStatus.MISSING),
        ({"personal_information_state": "undeclared"}, "personal_information", ClaimStatus.CONTRADICTED),
        ({"personal_information_state": "agrees"}, "personal_information", ClaimStatus.SUPPORTED),
        ({"legal_basis_state": "not-needed"}, "legal_basis", ClaimStatus.NOT_NEEDED),
        ({"origin": "not-recorded"}, "origin", ClaimStatus.MISSING),
        ({"collection_period_state": "partial"}, "collection_period", ClaimStatus.UNCLEAR),
    ],
)
def test_a_claim_stands_as_the_data_says(changes, aspect, status):
    assert _source(**changes)[aspect].status is status


def test_finding_nothing_supports_a_no_and_never_stands_in_for_an_answer():
    nothing = {"personal_information_state": "none", "personal_information_observed": []}
    assert _source(personal_information="no", **nothing)["personal_information"].status is ClaimStatus.SUPPORTED
    assert _source(personal_information="not-recorded", **nothing)["personal_information"].status is ClaimStatus.MISSING


def test_a_state_nobody_foresaw_is_missing_rather_than_supported():
    assert _source(license_evidence_state="something new")["license_evidence"].status is ClaimStatus.MISSING


def test_licenses_are_grouped_by_bytes_and_the_unresolved_by_why():
    licenses = small_input().build().licenses.shares.listed
    assert [share.license_expression for share in licenses][:2] == ["Apache-2.0", "NOASSERTION"]
    unresolved = [share for share in licenses if share.license_state is not LicenseState.RESOLVED]
    assert {share.license_state for share in unresolved} == {LicenseState.AMBIGUOUS, LicenseState.NOT_RECORDED}
    assert sum(share.share for share in licenses) == pytest.approx(1, abs=1e-5)


def test_overlaps_are_counted_in_full_and_kept_by_size():
    rows = [
        OVERLAPS[2] | {"source_a": f"a{number:04d}", "source_b": f"b{number:04d}", "bytes_a": number}
        for number in range(1_200)
    ]
    given = small_input()
    overlaps = table(tables.OVERLAPS, [row | {"bytes_b": 0} for row in rows])
    report = replace(given, evidence={**given.evidence, "overlaps": overlaps}).build()
    assert report.overlaps.pairs.rows == 1_200
    assert report.overlaps.pairs_by_terms[TermsConflict.NONE] == 1_200
    assert [row.bytes_a for row in report.overlaps.pairs.listed] == list(range(1_199, 699, -1))


def test_files_are_counted_by_state_and_only_the_failed_are_listed():
    files = small_input().build().files
    assert {count.name: count.files for count in files.by_state} == {
        "checksum-mismatch": 1, "missing": 1, "no-checksum": 1, "verified": 3,
    }  # fmt: skip
    assert [row.file for row in files.failed.listed] == ["dateutil/tz/win.py", "manual/old.txt"]


def test_findings_are_counted_on_their_sources():
    report = small_input().build()
    forum = next(source for source in report.sources.listed if source.source_id == "forum-2024")
    assert forum.findings_by_severity == {Severity.CRITICAL: 2, Severity.WARNING: 2, Severity.INFO: 1}
    counted = sum(sum(source.findings_by_severity.values()) for source in report.sources.listed)
    assert counted == len(report.findings)


def test_what_was_not_counted_is_zero_rather_than_absent():
    verdict = small_input().build().verdict
    assert set(verdict.findings_by_severity) == set(Severity)
    assert set(verdict.rules_by_state) == set(RuleState)


def test_limits_name_what_was_not_checked():
    limits = {limit.code: limit for limit in small_input().build().limits}
    assert set(limits) == set(LimitCode) - {LimitCode.LISTS_SHORTENED}
    assert limits[LimitCode.FILES_NOT_READ_AS_TEXT].size_bytes == 9_118_004
    assert limits[LimitCode.DETECTORS_OFF].values == ("UK_NHS",)
    unlisted = limits[LimitCode.OVERLAPS_NOT_ALL_LISTED]
    assert (unlisted.count, unlisted.values) == (3, ("12,476,675",))
    low = limits[LimitCode.BELOW_MINIMUM_SCORE]
    assert (low.count, low.values) == (7, ("CRYPTO",))
    assert limits[LimitCode.DETECTORS_COVER_ONLY].values == ("EMAIL_ADDRESS", "PHONE_NUMBER")
    assert limits[LimitCode.RULES_NOT_EVALUATED].values == ("baseline.models-licensed", "baseline.opt-outs-checked")


def test_a_long_list_in_a_row_is_shortened_and_the_limits_say_so():
    given = small_input()
    sources = given.evidence["sources"]
    place = sources.schema.get_field_index("derived_from")
    many = [f"source-{number:05}" for number in range(VALUES_LISTED + 1)]
    lists = pa.array([many, *sources["derived_from"].to_pylist()[1:]], sources.schema.field(place).type)
    changed = sources.set_column(place, sources.schema.field(place), lists)
    report = replace(given, evidence={**given.evidence, "sources": changed}).build()
    derived = {source.source_id: source.derived_from for source in report.sources.listed}
    assert derived[sources["source_id"][0].as_py()] == tuple(many[:VALUES_LISTED])
    (limit,) = (limit for limit in report.limits if limit.code is LimitCode.LISTS_SHORTENED)
    assert (limit.count, limit.values) == (1, (str(VALUES_LISTED),))


def test_a_limit_that_does_not_apply_is_left_out():
    given = small_input()
    files = table(tables.FILES, [])
    limits = replace(given, evidence={**given.evidence, "files": files}).build().limits
    assert LimitCode.FILES_NOT_READ_AS_TEXT not in {limit.code for limit in limits}
    assert LimitCode.COPIES_ABOVE_THRESHOLD_ONLY in {limit.code for limit in limits}


def test_stages_leave_out_the_clock():
    report = small_input().build()
    later = small_input(context=context(markers=tuple(
        replace(marker, started_at="2030-01-01T00:00:00+00:00", finished_at="2030-01-01T00:00:09+00:00")
        for marker in small_input().context.markers
    ))).build()  # fmt: skip
    assert later == report


def test_large_input_builds():
    report = large_input(sources=50, files=500).build()
    assert len(report.sources.listed) == report.sources.rows == 50


def _file(source_id="a", **recognised):
    return {"source_id": source_id, "files": 1, "size_bytes": 10} | dict.fromkeys(RECOGNISED) | recognised


USUAL = dict(zip(RECOGNISED, ("none", "utf-8", "valid", ",", '"', "", 1, "in-file"), strict=True))


@pytest.mark.parametrize(
    "other",
    [
        {"compression": "zstd"},
        {"encoding": "utf-8-sig", "encoding_basis": "byte-order-mark"},
        {"encoding": "gb18030", "encoding_basis": "detectors-disagree"},
        {"csv_delimiter": ";"},
        {"csv_quote": "'"},
        {"csv_escape": "\\"},
    ],
)
def test_what_is_recognised_other_than_usual_is_a_group(other):
    rows = [_file(**USUAL), _file(), _file(**(USUAL | other)), _file(**(USUAL | other), size_bytes=0)]
    (group,) = build_recognised(rows).listed
    assert (group.source_id, group.files, group.size_bytes) == ("a", 2, 10)
    assert {name: getattr(group, name) for name in RECOGNISED} == USUAL | other


def test_groups_of_the_most_files_come_first_and_those_left_out_are_counted():
    rows = [_file(f"s{number:03d}", compression="gzip") for number in range(ROWS_LISTED + 100)] * 2 + [
        _file("z", compression="xz")
    ] * 3
    found = build_recognised(reversed(rows))
    assert (found.rows, len(found.listed)) == (ROWS_LISTED + 101, ROWS_LISTED)
    assert [group.source_id for group in found.listed[:3]] == ["z", "s000", "s001"]
