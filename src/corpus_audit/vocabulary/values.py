"""Values that stand for what is not known or not divided, and answers."""

from enum import StrEnum

NOT_RECORDED = "not-recorded"
"""The value of every missing claim or measure. It is never a "no" and never a "pass"."""

NOASSERTION = "NOASSERTION"
"""SPDX: the license is not known. Distinct from NONE, which says that there is none."""

PER_RECORD = "per-record"
"""What a source or dataset declares as its license when every record states its own."""

CLAIMS_SOURCE = "(claims)"
"""What stands for a source where a file holds claims and no records: tables of people, consents, snapshots of opt-outs.

No source can have this id: the ids of a manifest begin with a letter or digit.
"""

COLUMN_NAMES = "(column names)"
"""What spans in the names of columns, and in keys of JSON, have as their column."""

WHOLE_STORE = "(store)"
"""What stands for a dataset in the ledger where something is about no single one of them."""

WHOLE_DATASET = "(dataset)"
"""What stands for a source where something is said of the dataset as a whole. No source can have this id."""


class Answer(StrEnum):
    """A four-valued answer to a yes-or-no question."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"
    NOT_RECORDED = NOT_RECORDED


class Language(StrEnum):
    """A language that people read rules and reports in (BCP 47)."""

    ENGLISH = "en"
    CHINESE = "zh"


class ParameterOrigin(StrEnum):
    """Where the value of a parameter was set."""

    COMMAND_LINE = "command-line"
    FORM = "form"
    SCHEDULE = "schedule"
    PROGRAM = "program"
    MANIFEST = "manifest"
    DEFAULT = "default"


class Unit(StrEnum):
    """What the content of a file is counted in."""

    FILE = "file"
    ROW = "row"
    MEMBER = "member"
    CRAWL_RECORD = "crawl-record"
    MEDIUM = "medium"
    COLUMN = "column"
    ENCODED = "encoded-content"
    LINK = "link"
    FOLDER = "folder"
