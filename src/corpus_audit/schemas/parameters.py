"""The parameters that an audit was begun with."""

from corpus_audit.schemas.table import STR, table

PARAMETERS = table(
    "parameters", "one parameter of the audit", ("parameter",),
    ("parameter", STR, "Name that it is set by."),
    ("value", STR, "Its value."),
    ("origin", STR, "Where the run that began the audit set it (vocabulary ParameterOrigin)."),
)  # fmt: skip
