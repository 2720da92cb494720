"""The documentation page of the column rule, generated from its tables."""

from collections.abc import Iterator, Sequence

from corpus_audit.corpus.field_roles.tables import (
    ANSWERING,
    ASKING,
    CONVERSATIONS,
    DESCRIBING,
    ENDINGS,
    LICENSES,
    MEANINGS,
    NAMES,
    NEVER_TEXT,
    PROPOSED,
    ROW_LISTS,
    SPEAKERS,
    TEXTS,
    TURNS,
    VALUES,
    FieldRole,
)

_INTRODUCTION = """# Columns

Generated from `src/corpus_audit/corpus/field_roles/tables.py`: the rule that says what each column of a dataset is.
Drafts, dataset cards, Croissant, data packages and files whose manifest names no fields use it. Names are compared in
lower case, with underscores between words. A column that is empty in all sampled rows is passed over.

## Text

1. Lists of turns become one text with their turns, `user: …` on one line and `assistant: …` on the next.
2. The first column called like a text that fills at least half as many rows as the fullest such column is the text.
   Others called so join it where they fill rows that it leaves empty.
3. Where a column holds an answer, everything that was asked, answered or said beside it is part of the text, in the
   order below. A column whose words the text repeats in every sampled row is not.
4. Where no name tells, the column with the longest prose is taken, and said to be a guess. Where there is no prose, no
   text is found.
"""


def field_roles_reference() -> str:
    """Return the page as Markdown."""
    lines = [_INTRODUCTION, *_text_tables(), "## Other roles", ""]
    lines += ["| role | meaning | whole name | end of a name | values |", "|---|---|---|---|---|"]
    lines += [_row(role) for role in FieldRole if role not in (FieldRole.TEXT, FieldRole.SPEAKER)]
    lines += [
        "",
        "## Fields of a manifest",
        "",
        "The likeliest name is taken, an outer column before a nested one.",
        "",
    ]
    lines += ["| field | columns |", "|---|---|"]
    lines += [f"| `{field}` | {_names(names)} |" for field, names in PROPOSED.items()]
    return "\n".join([*lines, *_licenses(), ""])


def _licenses() -> Iterator[str]:
    yield from ("", "## Licenses", "")
    yield "Whatever a manifest names, each column with such a name, or within a column with such a name, states a"
    yield "license of its record ([licenses.md](../licenses.md#licenses-of-single-records)):"
    yield from ("", "```", LICENSES.pattern, "```", "")
    yield "Columns with the same `of` and `terms` state one license in other words. A `detail`, or a column within,"
    yield f"that is called `{DESCRIBING.pattern}` counts where no other column states a license."


def _text_tables() -> Iterator[str]:
    never = ", ".join(dict.fromkeys(str(role) for role, _ in NEVER_TEXT))
    yield "| columns | names, in their order |"
    yield "|---|---|"
    for title, names in (
        ("texts by themselves", TEXTS),
        ("what is asked", ASKING),
        ("what is answered", ANSWERING),
        ("lists of turns", CONVERSATIONS),
        ("who speaks, in a turn", SPEAKERS),
        ("what is said, in a turn", TURNS),
        ("lists of records in a single JSON object", ROW_LISTS),
    ):
        yield f"| {title} | {_names(names)} |"
    yield ""
    yield f"A column called so whose sampled values all have the form of {never} is no text after all."
    yield ""


def _row(role: FieldRole) -> str:
    endings = [form.pattern for ending, form in ENDINGS if ending is role]
    values = [form.pattern for shown, form in VALUES if shown is role]
    return f"| {role} | {MEANINGS[role]} | {_names(NAMES.get(role, ()))} | {_names(endings)} | {_names(values)} |"


def _names(names: Sequence[str]) -> str:
    return " ".join(f"`{name}`" for name in names).replace("|", "\\|")
