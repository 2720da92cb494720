"""One rule of a pack: a native Great Expectations configuration with the meta of a rule.

Belongs here: what a rule is and which columns it touches. Not here: finding packs (packs.py), judging them
(lint.py), running them (validation.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from corpus_audit.policy.requirements import REQUIREMENTS
from corpus_audit.vocabulary import FailureKind, Language, OwnerRole, Severity

COLUMN_ARGUMENTS = ("column", "column_A", "column_B", "column_list")
"""Arguments through which expectations, ours and Great Expectations' own, name the columns they judge."""


def _known_requirements(numbers: tuple[int, ...]) -> tuple[int, ...]:
    unknown = ", ".join(str(number) for number in numbers if number not in REQUIREMENTS)
    if unknown:
        message = f"there is no requirement {unknown}; choose from {min(REQUIREMENTS)} to {max(REQUIREMENTS)}"
        raise ValueError(message)
    return numbers


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Bilingual(BaseModel):
    """One text for stewards, in every language they read (vocabulary Language)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: Text
    zh: Text

    def in_language(self, language: Language) -> str:
        """Return the text in one language."""
        return self.en if language is Language.ENGLISH else self.zh


class Citation(BaseModel):
    """What a rule rests on: a source that its pack lists, and the clause of it; the status is the source's."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Text
    clause: Bilingual | None = None


class RuleMeta(BaseModel):
    """What an expectation's ``meta`` must say for the expectation to be a rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]
    severity: Severity
    failure_kind: FailureKind
    title: Bilingual
    problem: Bilingual
    """What is wrong when it fails: a template in the form of ``schemas.problems``."""

    why: Bilingual
    remedy: Bilingual
    requirements: Annotated[tuple[int, ...], Field(min_length=1), AfterValidator(_known_requirements)]
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    owner: OwnerRole
    fact: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]*$")] = ""
    """The fact it judges, where rules of several packs judge the same; by default the rule's own name."""

    evidence_columns: tuple[str, ...] = ()
    nulls: Literal["fail", "pass"] = "fail"


@dataclass(frozen=True)
class Reweighing:
    """What another pack, one that extends the rule's, makes of its severity."""

    severity: Severity
    pack: str
    reason: str = ""
    """Why it weighs less than its own pack says; '' when it weighs more."""


@dataclass(frozen=True)
class AppliedBound:
    """A figure of a rule as its pack has it, and as it was used."""

    argument: str
    of_pack: float
    used: float
    is_loosened: bool


@dataclass(frozen=True)
class Rule:
    """One rule: its meta, the expectation that judges it, where it comes from, and who weighs it otherwise."""

    pack: str
    evidence_table: str
    meta: RuleMeta
    configuration: Mapping[str, Any]
    reweighing: Reweighing | None = None
    bounds: tuple[AppliedBound, ...] = ()
    """Figures that the operator set otherwise than the pack; the configuration has them."""

    @property
    def rule_id(self) -> str:
        """The rule's identifier, unique over all packs."""
        return self.meta.rule_id

    @property
    def fact(self) -> str:
        """The fact it judges; rules with the same fact on the same evidence table find the same problem."""
        return self.meta.fact or self.rule_id.partition(".")[2]

    @property
    def severity(self) -> Severity:
        """How much a failure weighs in this audit."""
        return self.meta.severity if self.reweighing is None else self.reweighing.severity

    @property
    def expectation(self) -> str:
        """The Great Expectations type that judges the rule."""
        return str(self.configuration["type"])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it judges; empty when it judges the table as a whole."""
        return judged_columns(self.configuration)

    @property
    def row_condition(self) -> Mapping[str, Any] | None:
        """The condition that selects the rows it applies to, or None for all rows."""
        condition: Mapping[str, Any] | None = self.configuration.get("kwargs", {}).get("row_condition")
        return condition

    @property
    def condition_columns(self) -> tuple[str, ...]:
        """The columns its row condition reads."""
        return tuple(sorted({column for _, column in condition_leaves(self.row_condition)}))


def judged_columns(configuration: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns an expectation names in its arguments, in order."""
    arguments = configuration.get("kwargs", {})
    named = (arguments[key] for key in COLUMN_ARGUMENTS if key in arguments)
    return tuple(column for value in named for column in ([value] if isinstance(value, str) else value))


def condition_leaves(condition: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Yield the kind (comparison or nullity) and the column of every leaf of a row condition."""
    if condition is None:
        return
    if condition["type"] in ("and", "or"):
        for part in condition["conditions"]:
            yield from condition_leaves(part)
    else:
        yield condition["type"], condition["column"]["name"]
