"""The public summary of training content as a document, and what its provider adds to the fields of the template.

An audit knows one dataset. A provider who trained on more states the rest here, field by field, in the numbering of
the European template of 24 July 2025. Nothing of it is measured; the summary prints it as declared.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Self

from pydantic import Field, model_validator

from corpus_audit.manifest.parts import Entries, ManifestPart, refusal_at, refuse_repeats
from corpus_audit.manifest.values import Date, Text, Url
from corpus_audit.vocabulary import NOT_RECORDED, Answer


class SummaryField(StrEnum):
    """A field of the European template: the number of its section, and its place there."""

    PROVIDER = "1.1.provider"
    REPRESENTATIVE = "1.1.representative"
    MODELS = "1.2.models"
    DEPENDENCIES = "1.2.dependencies"
    MARKET_DATE = "1.2.market-date"
    TEXT_USED = "1.3.text"
    TEXT_SIZE = "1.3.text.size"
    TEXT_CONTENT = "1.3.text.content"
    IMAGE_USED = "1.3.image"
    IMAGE_SIZE = "1.3.image.size"
    IMAGE_CONTENT = "1.3.image.content"
    AUDIO_USED = "1.3.audio"
    AUDIO_SIZE = "1.3.audio.size"
    AUDIO_CONTENT = "1.3.audio.content"
    VIDEO_USED = "1.3.video"
    VIDEO_SIZE = "1.3.video.size"
    VIDEO_CONTENT = "1.3.video.content"
    OTHER_USED = "1.3.other"
    OTHER_SIZE = "1.3.other.size"
    OTHER_CONTENT = "1.3.other.content"
    LATEST_DATE = "1.3.latest-date"
    KEEPS_TRAINING = "1.3.keeps-training"
    LANGUAGES = "1.3.languages"
    CHARACTERISTICS = "1.3.characteristics"
    GENERAL_COMMENTS = "1.3.comments"
    PUBLIC_USED = "2.1.used"
    PUBLIC_MODALITIES = "2.1.modalities"
    PUBLIC_LARGE = "2.1.large"
    PUBLIC_OTHERS = "2.1.others"
    PUBLIC_COMMENTS = "2.1.comments"
    LICENSED_USED = "2.2.1.used"
    LICENSED_MODALITIES = "2.2.1.modalities"
    PRIVATE_USED = "2.2.2.used"
    PRIVATE_MODALITIES = "2.2.2.modalities"
    PRIVATE_KNOWN = "2.2.2.known"
    PRIVATE_OTHERS = "2.2.2.others"
    PRIVATE_COMMENTS = "2.2.2.comments"
    CRAWLED_USED = "2.3.used"
    CRAWLERS = "2.3.crawlers"
    CRAWLER_PURPOSES = "2.3.purposes"
    CRAWLER_BEHAVIOUR = "2.3.behaviour"
    CRAWL_PERIOD = "2.3.period"
    CRAWLED_CONTENT = "2.3.content"
    CRAWLED_MODALITIES = "2.3.modalities"
    CRAWLED_DOMAINS = "2.3.domains"
    CRAWL_COMMENTS = "2.3.comments"
    INTERACTIONS_USED = "2.4.interactions"
    SERVICES_USED = "2.4.other-services"
    SERVICES = "2.4.services"
    USER_MODALITIES = "2.4.modalities"
    USER_COMMENTS = "2.4.comments"
    SYNTHETIC_USED = "2.5.used"
    SYNTHETIC_MODALITIES = "2.5.modalities"
    SYNTHETIC_MARKETED = "2.5.market-models"
    SYNTHETIC_OTHERS = "2.5.other-models"
    SYNTHETIC_COMMENTS = "2.5.comments"
    OTHER_SOURCES_USED = "2.6.used"
    OTHER_SOURCES = "2.6.description"
    OTHER_SOURCES_COMMENTS = "2.6.comments"
    CODE_OF_PRACTICE = "3.1.code-of-practice"
    RESERVATIONS = "3.1.measures"
    RESERVATIONS_COMMENTS = "3.1.comments"
    ILLEGAL_CONTENT = "3.2.measures"
    OTHER_INFORMATION = "3.3.other"


class SizeRange(StrEnum):
    """One of the three ranges that the template has for the size of each kind of content."""

    SMALLEST = "smallest"
    MIDDLE = "middle"
    LARGEST = "largest"


class SummaryModality(StrEnum):
    """A kind of content as the template lists them; *other* is named in words."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    OTHER = "other"


_SIZES = frozenset((SummaryField.TEXT_SIZE, SummaryField.IMAGE_SIZE, SummaryField.AUDIO_SIZE, SummaryField.VIDEO_SIZE))
QUESTIONS = frozenset(
    field for field in SummaryField if field.endswith(".used") or field.value in {f"1.3.{m}" for m in SummaryModality}
) | {
    SummaryField.KEEPS_TRAINING,
    SummaryField.INTERACTIONS_USED,
    SummaryField.SERVICES_USED,
    SummaryField.CODE_OF_PRACTICE,
}


class SummaryStatement(ManifestPart):
    """What a provider states in one field of the summary, beside what this dataset shows."""

    field: SummaryField = Field(description="Field of the template: 2.3.domains is the one on domains in section 2.3.")
    answer: Answer = Field(Answer.NOT_RECORDED, description="Answer to the field's question of yes or no.")
    modalities: Entries[SummaryModality] = Field(
        (), description="Kinds of content, where the field asks for them; 'text' says what other content is."
    )
    range: SizeRange | None = Field(None, description="Range of the total size, where the field asks for a size.")
    text: Text = Field(NOT_RECORDED, description="What there is to say in words: a comment, a size in another unit.")

    @model_validator(mode="after")
    def _answers_what_is_asked(self) -> Self:
        if self.answer is not Answer.NOT_RECORDED and self.field not in QUESTIONS:
            raise refusal_at(("answer",), f"{self.field} is no question of yes or no: say it in 'text'")
        if self.modalities and not self.field.endswith(".modalities"):
            raise refusal_at(("modalities",), f"{self.field} does not ask for kinds of content: say it in 'text'")
        if self.range and self.field not in _SIZES:
            raise refusal_at(("range",), f"{self.field} has no ranges of size: say it in 'text'")
        return self


def parse_statement(line: str) -> dict[str, Any]:
    """Return what a person writes as FIELD: ANSWER as a manifest holds it, whose rules refuse a wrong one."""
    field, _colon, told = (part.strip() for part in line.partition(":"))
    words = [word.strip() for word in told.split(",")]
    if field in QUESTIONS and told in (Answer.YES, Answer.NO):
        return {"field": field, "answer": told}
    if field in _SIZES and told in set(SizeRange):
        return {"field": field, "range": told}
    if field.endswith(".modalities") and set(words) <= set(SummaryModality):
        return {"field": field, "modalities": words}
    return {"field": field, "text": told}


def written_statement(statement: Mapping[str, Any]) -> str:
    """Return a statement as a person writes it."""
    told = (statement.get("answer"), statement.get("range"), ", ".join(statement.get("modalities", ())))
    return f"{statement['field']}: {next(filter(None, told), statement.get('text', ''))}"


class SummaryRecord(ManifestPart):
    """The public summary of training content as a document."""

    version: Text = Field(NOT_RECORDED, description="Version of the summary.")
    earlier: Entries[Url] = Field((), description="Where earlier versions are.")
    updated_at: Date = Field(NOT_RECORDED, description="When it was last updated.")
    statements: Entries[SummaryStatement] = Field(
        (), description="What the provider adds to fields of the template: other data, comments, totals."
    )

    @model_validator(mode="after")
    def _states_each_field_once(self) -> Self:
        return refuse_repeats(self, "statements", "field", [statement.field for statement in self.statements])
