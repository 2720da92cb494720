"""Claims about the people in the data, and about authorisations for their face, voice or words.

Nothing here says that a permission is good: an authorisation is a claim that points at its evidence.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from corpus_audit.manifest.parts import Entries, LicenseEvidence, ManifestPart, refusal_at
from corpus_audit.manifest.values import ByteCount, Date, Identifier, RelativePath, Sha256, Text
from corpus_audit.vocabulary import NOT_RECORDED, Answer, FileFormat, Purpose, Relation, SubjectModality


class Authorisation(ManifestPart):
    """One permission that someone gave for a person's face, voice, name or words.

    Permissions that were passed on are authorisations of their own: the grantee of one is the grantor of the next.
    """

    grantor: Text = Field(NOT_RECORDED, description="Who gave it.")
    grantee: Text = Field(NOT_RECORDED, description="Who received it.")
    relation: Relation = Field(Relation.NOT_RECORDED, description="What the grantor is to the person.")
    separate: Answer = Field(Answer.NOT_RECORDED, description="Was it given by itself, not within other terms?")
    modalities: Entries[SubjectModality] = Field((), description="What of the person it covers.")
    scope: Entries[Purpose] = Field((), description="Uses it names.")
    purpose: Text = Field(NOT_RECORDED, description="What it was given for, in its own words.")
    commercial: Answer = Field(Answer.NOT_RECORDED, description="Does it cover use for gain?")
    signed_at: Date = Field(NOT_RECORDED, description="When it was signed.")
    expires_at: Date = Field(NOT_RECORDED, description="Last day it holds.")
    withdrawn_at: Date = Field(NOT_RECORDED, description="When it was withdrawn.")
    nearer_relatives_absent: Answer = Field(
        Answer.NOT_RECORDED, description="Is it attested: no spouse, no child, and both parents dead?"
    )
    evidence: LicenseEvidence | None = Field(None, description="What shows it.")


class Subject(ManifestPart):
    """One person whose face, voice, name or words are in the data."""

    id: Identifier = Field(description="Identifier that records use; better a number than a name.")
    deceased: Answer = Field(Answer.NOT_RECORDED, description="Is the person dead?")
    died_at: Date = Field(NOT_RECORDED, description="When the person died.")
    minor: Answer = Field(Answer.NOT_RECORDED, description="Is the person a minor?")
    under_14: Answer = Field(Answer.NOT_RECORDED, description="Is the person under 14?")
    modalities: Entries[SubjectModality] = Field((), description="What of the person is in the data.")
    identifiable: Answer = Field(Answer.NOT_RECORDED, description="Can the person be told from it?")
    authorisations: Entries[Authorisation] = Field((), description="Permissions on record.")

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.died_at != NOT_RECORDED and self.deceased is Answer.NO:
            raise refusal_at(("deceased",), "is no, and yet 'died_at' is given: correct one of them")
        if self.under_14 is Answer.YES and self.minor is Answer.NO:
            raise refusal_at(("minor",), "is no, and yet 'under_14' is yes: correct one of them")
        return self


class ClaimTable(ManifestPart):
    """A Parquet or CSV file with claims, a row each: for more people than a manifest should list."""

    path: RelativePath = Field(description="Path relative to the root, with forward slashes.")
    size_bytes: ByteCount | None = Field(None, description="Size in bytes.")
    sha256: Sha256 | None = Field(None, description="sha256 of the file's bytes in hex.")
    format: Literal[FileFormat.PARQUET, FileFormat.CSV] | None = Field(
        None, description="How it is read; by its suffix when left out."
    )
