"""The entries of the list of schedules: timed audits, watched places, references."""

from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, Field, model_validator

from corpus_audit.manifest.audit_section import Parametrised
from corpus_audit.manifest.parts import Entries, ManifestPart
from corpus_audit.manifest.values import Identifier, refusal
from corpus_audit.schedules.dates import is_dated
from corpus_audit.schedules.fields import Cron, DatedPlace, FolderOrBucket, LocalPath, PathPattern, Recipient
from corpus_audit.vocabulary import ReferenceKind

_Entry = TypeVar("_Entry")


def _check_some(value: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    if not value:
        raise refusal("is empty: give at least one")
    return value


SomeEntries = Annotated[Entries[_Entry], AfterValidator(_check_some)]

_TAKEN = ("dataset", "schedule_problems")


def _check_id(value: str) -> str:
    if value in _TAKEN:
        raise refusal("is the name of a DAG that is there already: choose another")
    return value


AuditId = Annotated[Identifier, AfterValidator(_check_id)]


class _Answered(ManifestPart):
    """The fields about people and places that all entries share."""

    connection: str | None = Field(None, description="Airflow connection with the credentials for buckets.")
    store: FolderOrBucket | None = Field(
        None, description="Folder of the audits, or its address in a bucket; by default CORPUS_AUDIT_STORE."
    )
    owner: str = Field("data-governance", description="Who answers for it.")
    notify: Entries[Recipient] = Field((), description="Who is told of failures, missed deadlines and rejections.")


class _Audited(_Answered, Parametrised):
    """What every entry says that leads to audits."""

    id: AuditId = Field(description="Name of the audit; its DAG is audit_ and this.")
    packs: Entries[str] = Field(("baseline",), description="Policy packs to judge the evidence by.")
    keywords: Entries[LocalPath] = Field((), description="Files of words that prohibited content would hold.")
    reviewers: Entries[str] = Field((), description="Who is asked to review it: the DAG is tagged with their names.")
    deadline_hours: int | None = Field(None, ge=1, le=24 * 31, description="Hours after its start when it is late.")


class Schedule(_Audited):
    """One audit that runs by itself, by the clock or after assets."""

    manifest: DatedPlace = Field(description="Where the manifest is, as the workers see it.")
    root: DatedPlace | None = Field(None, description="Where its paths begin; by default beside it.")
    cron: Cron | None = Field(None, description="When it runs, in UTC.")
    after: Entries[str] = Field((), description="Assets whose update starts it.")

    @model_validator(mode="after")
    def _starts_some_time(self) -> Self:
        if self.cron is None and not self.after:
            raise refusal("never starts: give 'cron', or 'after' with the assets that start it")
        if self.cron is None and any(map(is_dated, filter(None, (self.manifest, self.root)))):
            raise refusal("has a place with a date, and nothing that says which dates there are: give 'cron'")
        return self


class WatchedPlace(_Audited):
    """A folder or bucket of manifests, each of which is audited when it is new or changed."""

    place: FolderOrBucket = Field(description="Folder or address that the manifests lie below, as the workers see it.")
    manifests: SomeEntries[PathPattern] = Field(
        ("**/manifest.yaml", "**/manifest.yml", "**/manifest.json"),
        description="Patterns of the manifests' paths below the place; '*' stands for folders too.",
    )
    root: FolderOrBucket | None = Field(None, description="Where the manifests' paths begin; by default beside each.")
    every_minutes: int = Field(5, ge=1, le=24 * 60, description="Minutes from one look to the next.")


class ReferenceSchedule(_Answered):
    """Works that audits hold their records against, hashed anew when they changed."""

    name: Identifier = Field(description="Name of the reference.")
    kind: ReferenceKind = Field(ReferenceKind.OTHER, description="What the works are.")
    paths: SomeEntries[FolderOrBucket] = Field(description="Files and folders, or addresses, of the works.")
    field: str | None = Field(None, description="Field of a table's rows that holds the text.")
    cron: Cron = Field("@daily", description="When it is looked at, in UTC.")
