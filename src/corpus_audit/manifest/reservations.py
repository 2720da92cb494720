"""Claims about reservations of rights, such as robots.txt, with snapshots of the checked files."""

from typing import Self

from pydantic import Field, model_validator

from corpus_audit.manifest.parts import Entries, ManifestPart
from corpus_audit.manifest.values import Date, Host, RelativePath, Sha256, Text, Url, refusal
from corpus_audit.vocabulary import NOT_RECORDED, Answer, OptOutKind


class OptOutSnapshot(ManifestPart):
    """What one address said about reservations when it was looked at."""

    kind: OptOutKind = Field(description="What was looked at.")
    file: RelativePath | None = Field(None, description="File that holds what was seen, relative to the root.")
    text: Text | None = Field(None, description="What was seen, when it is short.")
    sha256: Sha256 | None = Field(None, description="sha256 of the file's bytes in hex.")
    url: Url | None = Field(None, description="Address it was seen at; never fetched.")
    host: Host | None = Field(None, description="Host it speaks for, when no address is given.")
    observed_at: Date = Field(NOT_RECORDED, description="When it was seen.")
    crawler: Text = Field(NOT_RECORDED, description="Name of the crawler, as robots.txt would call it.")
    vocabulary: Text = Field(
        NOT_RECORDED, description="Version of the vocabulary then in force, such as draft-ietf-aipref-vocab-08."
    )

    @model_validator(mode="after")
    def _says_what_and_where(self) -> Self:
        if self.file is not None and self.text is not None:
            raise refusal("has both 'file' and 'text': give what was seen once")
        if self.file is None and self.text is None:
            raise refusal("lacks 'file' or 'text': give what was seen")
        if self.url is None and self.host is None:
            raise refusal("lacks 'url' or 'host': say where it was seen")
        return self


class OptOuts(ManifestPart):
    """What was done about reservations of rights, such as robots.txt."""

    checked: Answer = Field(Answer.NOT_RECORDED, description="Were opt-outs checked?")
    mechanisms: Entries[Text] = Field((), description="What was checked: robots.txt, tdmrep.json, ai.txt, …")
    checked_at: Date = Field(NOT_RECORDED, description="When they were checked.")
    snapshots: Entries[OptOutSnapshot] = Field((), description="What was seen, to be held against the records.")
