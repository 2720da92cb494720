"""What trace prints of records that could not be compared: what is not printed is counted."""

import pytest

from corpus_audit.cli.traced_places import person_lines, unverified_lines
from corpus_audit.pipeline.tracing.people import PersonTrace
from corpus_audit.pipeline.tracing.places import Place
from corpus_audit.pipeline.tracing.trace import Unverified
from corpus_audit.vocabulary import TraceState

PLACE = Place(
    dataset_id="songs",
    version="1",
    record_id="r",
    source_id="s",
    file="a.txt",
    row=1,
    size_bytes=1,
    license_declared="MIT",
    license_expression="MIT",
    record_license="",
    consent={},
    opt_outs=(),
    copies=None,
    copies_left=0,
    audits=("a",),
    bundles=(),
    models=(),
    models_of_others=(),
)


@pytest.mark.parametrize(
    ("found", "end"),
    [
        (2, "    songs 1, source s: a.txt, row 1"),
        (1205, "  and 1,203 more texts not verified; --format json names them all"),
    ],
)
def test_the_records_that_are_not_printed_are_counted(found: int, end: str) -> None:
    lines = list(unverified_lines([Unverified(TraceState.CHANGED, (PLACE,))] * found, 2))
    assert lines.count("  not verified: the record has changed since the audit") == 2
    assert lines[-1] == end


def test_json_is_said_to_name_only_the_records_of_a_person_that_it_names() -> None:
    lines = list(person_lines(PersonTrace((PLACE,) * 60, (), left=3)))
    assert lines[0] == "FOUND  in 63 records of songs."
    assert "  and 10 more records; --format json names them" in lines
    assert "  and 3 further records, which are counted and not named" in lines
