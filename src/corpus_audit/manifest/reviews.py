"""Reviews and decisions made before the data was used: of its content, and of the ethics of its use.

An audit cannot repeat these reviews. It holds what was recorded of them against what the rules ask.
"""

from typing import Annotated, Self

from pydantic import Field, model_validator

from corpus_audit.manifest.parts import ManifestPart, refusal_at
from corpus_audit.manifest.values import Date, Text
from corpus_audit.schemas.marking import _
from corpus_audit.vocabulary import NOT_RECORDED, Answer

Count = Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)]


class ContentReview(ManifestPart):
    """One review of a content sample for illegal or harmful material."""

    sampled: Count | None = Field(None, description="Records that were looked at.")
    rejected: Count | None = Field(None, description="How many of them were found illegal or harmful.")
    reviewed_at: Date = Field(NOT_RECORDED, description="When it was done.")
    reviewer: Text = Field(NOT_RECORDED, description="Who did it.")

    @model_validator(mode="after")
    def _rejects_no_more_than_it_saw(self) -> Self:
        if self.sampled is not None and self.rejected is not None and self.rejected > self.sampled:
            raise refusal_at(("rejected",), _("is more than 'sampled': correct one of them"))
        return self


class SourceReviews(ManifestPart):
    """Reviews of one source, before and after its collection."""

    before_collection: ContentReview = Field(ContentReview(), description="The look before it was collected.")
    after_collection: ContentReview = Field(ContentReview(), description="The look after it was collected.")


class DatasetReviews(ManifestPart):
    """Reviews of the dataset as a whole, by people and by programs."""

    manual: ContentReview = Field(ContentReview(), description="The sample that people read.")
    automatic: ContentReview = Field(
        ContentReview(), description="The sample that keywords or a classifier went through."
    )
    keywords: Count | None = Field(None, description="Number of keywords in the list that was used.")


class EthicsReview(ManifestPart):
    """Whether what the data is used for needs an ethics review by outside experts, and what came of it."""

    listed: Answer = Field(Answer.NOT_RECORDED, description="Is it on the list of activities that need one?")
    approval: Text = Field(NOT_RECORDED, description="Number or name of the approval.")
    approved_at: Date = Field(NOT_RECORDED, description="When it was given.")
    expires_at: Date = Field(NOT_RECORDED, description="Last day it holds.")
