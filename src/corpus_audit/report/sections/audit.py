"""The audited dataset, its version, the parameters and the packs."""

from corpus_audit.report.sections.base import Listing, LocalizedTextModel, Section
from corpus_audit.vocabulary import NOT_RECORDED, ParameterOrigin


class PackRow(Section):
    """One policy pack that was applied."""

    pack: str
    title: LocalizedTextModel
    version: str
    sha256: str


class DatasetSection(Section):
    """The dataset as its manifest names it."""

    dataset_id: str
    version: str
    title: str
    description: str
    issuer: str
    intended_uses: Listing
    release: str
    languages: Listing

    @property
    def name(self) -> str:
        """What people call it: its title, or its id where no title is recorded."""
        return self.title if self.title != NOT_RECORDED else self.dataset_id


class ChangedParameter(Section):
    """A parameter that is not as it is by default; of what has no default, that is ''."""

    name: str
    value: str
    default: str
    origin: ParameterOrigin


class InstalledDetectorRow(Section):
    """A detector of another package that looked for something."""

    entity_type: str
    kind: str
    entry_point: str
    distribution: str
    version: str


class AuditSection(Section):
    """What was audited, when, by which version and under which parameters."""

    audit_id: str
    started_at: str
    tool_version: str
    manifest_sha256: str
    parameters: dict[str, str | int | float]
    parameter_origins: dict[str, ParameterOrigin]
    changed_parameters: tuple[ChangedParameter, ...]
    detectors_off: tuple[str, ...]
    installed_detectors: tuple[InstalledDetectorRow, ...]
    packs: tuple[PackRow, ...]
    dataset: DatasetSection
