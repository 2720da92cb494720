"""What a form of decisions sends, and the same form shown again when it was refused."""

from dataclasses import dataclass
from datetime import date

from pydantic import ConfigDict

from corpus_audit.errors import DecisionError, Refusal
from corpus_audit.ledger import DecisionRequest
from corpus_audit.ledger.attachment import attachment_of
from corpus_audit.review.access import Person
from corpus_audit.review.web.pages.dependencies import FindingFilter
from corpus_audit.schemas.marking import _
from corpus_audit.store import sha256_of_json
from corpus_audit.vocabulary import DecisionAction, DecisionScope


class DecisionForm(FindingFilter):
    """What a form on a page sends. *all_found* stands for every finding of the list that the page was one of.

    Fields are text, as they were typed: what is wrong with one is said beside it, and the rest of the form is kept.
    """

    model_config = ConfigDict(extra="ignore")

    action: str = ""
    scope: DecisionScope
    reason: str = ""
    expires_on: str = ""
    evidence_link: str = ""
    attachment: str = ""
    """The file that supports it, kept already, as the ledger names it."""
    report_sha256: str = ""
    despite: str = ""
    assignee: str = ""
    finding: tuple[str, ...] = ()
    problem: tuple[str, ...] = ()
    """Problems, each of which stands for the findings of every pack that it breaks."""
    source: tuple[str, ...] = ()
    all_found: bool = False
    page: int = 1
    of_finding: str = ""
    """The finding on whose page the form stood; '' for the list."""
    confirmed: str = ""
    """The digest of the findings that a preview showed."""
    change: str = ""
    """Set where the preview was not confirmed: the form comes back."""

    @property
    def kept(self) -> dict[str, object]:
        """The fields that a preview sends along; the findings, and that they were seen, it names itself."""
        return self.model_dump(exclude={"finding", "problem", "source", "change", "confirmed", "all_found"})

    def judgement(self, person: Person) -> DecisionRequest:
        """Return what is decided, by whom; raises DecisionError for a field that cannot be read."""
        return DecisionRequest(
            action=self._action(),
            reason=self.reason,
            author=person.name,
            role=person.role,
            expires_on=self._expiry(),
            evidence_link=self._evidence(),
            report_sha256=self.report_sha256,
            despite=self.despite,
            assignee=self.assignee,
        )

    def _evidence(self) -> str:
        if self.attachment and self.evidence_link:
            raise DecisionError(
                Refusal(_("Give a link or a file, not both. Nothing was written."), {}, "evidence_link")
            )
        if self.attachment and attachment_of(self.attachment) is None:
            raise DecisionError(Refusal(_("Attach the file again. Nothing was written."), {}, "attachment"))
        return self.attachment or self.evidence_link

    def _action(self) -> DecisionAction:
        try:
            return DecisionAction(self.action)
        except ValueError:
            message = Refusal(_("Choose a decision. Nothing was written."), field_name="action")
            raise DecisionError(message) from None

    def _expiry(self) -> date | None:
        try:
            return date.fromisoformat(self.expires_on) if self.expires_on else None
        except ValueError:
            message = _("'{text}' is not a date: write year, month and day as in 2027-03-31. Nothing was written.")
            raise DecisionError(Refusal(message, {"text": self.expires_on[:40]}, "expires_on")) from None


@dataclass(frozen=True)
class FormDraft:
    """A form that was not recorded, and why; no reason where a person only wants to change it."""

    form: DecisionForm
    refusals: tuple[Refusal, ...] = ()

    def wrong(self, name: str) -> list[Refusal]:
        """Return what is wrong with one field."""
        return [refusal for refusal in self.refusals if refusal.field_name == name]

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows it."""
        return 422 if self.refusals else 200


def digest_of(finding_ids: tuple[str, ...]) -> str:
    """Return what a confirmation holds of the findings that it is about."""
    return sha256_of_json(sorted(finding_ids))
