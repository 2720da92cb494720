"""Copies of training records in validation and test splits."""

from corpus_audit.evidence import tables
from corpus_audit.report.sections.base import Section
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.rows import Row
from corpus_audit.vocabulary import LeakageState


class SplitLeakage(Row, table=tables.SPLIT_LEAKAGE):
    """One validation or test split of a source, held against the training splits of all sources."""

    state: LeakageState


class SplitLeakages(Section):
    """Validation and test splits by what was found in them; those with the largest share first."""

    splits_by_state: dict[LeakageState, int]
    splits: ListedRows[SplitLeakage]
