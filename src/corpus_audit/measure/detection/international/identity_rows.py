"""Rows of numbers of identity cards, social security, residence and voters, where one label leads to no type.

A row is a family of labels, what a value looks like in capitals without separators, and the format that decides;
without one a value is what its label says. ``written`` is how only such a value is written: beside its label, or a few
words away, it is labelled. NationalNumber says what else a row may ask for.
"""

import re

from corpus_audit.measure.detection.checked_numbers import NumberFormat
from corpus_audit.measure.detection.international.mostly_letters import FewDigits
from corpus_audit.measure.detection.international.national_numbers import NationalNumber


def row(
    labels: str,
    shape: str,
    number_format: NumberFormat | None = None,
    *,
    written: str = "",
    must_hold: bool = False,
    needs_mark: bool = False,
    entity_type: str = "NATIONAL_ID",
    few: FewDigits | None = None,
) -> NationalNumber:
    """Return the number whose labels are the group IDENTITY_ and *labels* of labels.yaml."""
    return NationalNumber(
        entity_type,
        number_format,
        shape,
        written=re.compile(written) if written else None,
        labels=f"IDENTITY_{labels}",
        must_hold=must_hold,
        needs_mark=needs_mark,
        few=few,
    )
