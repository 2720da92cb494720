"""Required answers of a manifest: any recorded answer, or a certain one."""

from typing import Any

import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.core import ExpectColumnValuesToBeInSet, ExpectColumnValuesToNotBeInSet
from great_expectations.expectations.expectation import ColumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    column_condition_partial,
)

from corpus_audit.policy.expectations.sentence import OwnSentence, only
from corpus_audit.vocabulary import NOT_RECORDED, Answer, OptOutState

UNRECORDED = (NOT_RECORDED, "")
"""Values of an unrecorded claim: the word for it, or an empty text or list."""


class ColumnValuesRecorded(ColumnMapMetricProvider):  # type: ignore[misc]
    """True for a claim other than not-recorded or empty."""

    condition_metric_name = "column_values.recorded"

    @column_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column: pd.Series, **_: Any) -> pd.Series:  # noqa: N805 - the decorator passes the class
        return ~column.isin(UNRECORDED)


class ExpectClaimToBeRecorded(OwnSentence, ColumnMapExpectation):  # type: ignore[misc]
    """Expect each claim in a column to be recorded: neither not-recorded nor empty.

    The answer itself is not judged: a recorded "no" passes.
    """

    map_metric = "column_values.recorded"


class ExpectOptOutsToBeChecked(OwnSentence, ExpectColumnValuesToBeInSet):  # type: ignore[misc]
    """Expect a recorded check for reserved rights, whatever it found."""

    value_set: Any = only(Answer.YES.value)


class ExpectReservationsToBeRespected(OwnSentence, ExpectColumnValuesToNotBeInSet):  # type: ignore[misc]
    """Expect no record from an address whose rights holder reserved it; what no snapshot speaks of passes."""

    value_set: Any = only(OptOutState.RESERVED.value)
