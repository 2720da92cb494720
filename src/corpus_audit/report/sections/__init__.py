"""The parts of a report as data, one section per module; ``model.py`` combines them.

Sections that repeat an evidence table keep its column names, so the dictionary in ``schemas`` explains both.
"""

from corpus_audit.report.sections.audit import (
    AuditSection,
    ChangedParameter,
    DatasetSection,
    InstalledDetectorRow,
    PackRow,
)
from corpus_audit.report.sections.base import LocalizedTextModel, Section, Share, Value
from corpus_audit.report.sections.coverage import (
    Coverage,
    CoverageColumn,
    CoverageCounts,
    CoverageGap,
    LeftOutRow,
    SourceCoverage,
    UnreadFile,
)
from corpus_audit.report.sections.evidence import EvidenceSection, EvidenceTableRow
from corpus_audit.report.sections.exclusion_funnel import FunnelStepCount
from corpus_audit.report.sections.files import (
    ContentRow,
    ContentSection,
    DefectRow,
    FailedFile,
    FileCount,
    Files,
    KindOfContent,
    RecognisedGroup,
)
from corpus_audit.report.sections.findings import Finding, FindingDecision, ProblemCount, WaiverCount
from corpus_audit.report.sections.history import HistoryEntry
from corpus_audit.report.sections.licenses import (
    ConditionCount,
    LicenseContradiction,
    Licenses,
    LicenseShare,
    PurposeRow,
    Purposes,
    PurposeSummary,
    RecordLicense,
    RecordLicenses,
)
from corpus_audit.report.sections.limits import Limit, LimitCode
from corpus_audit.report.sections.listed import ListedRows
from corpus_audit.report.sections.media import FileLabel, Media
from corpus_audit.report.sections.models import Model
from corpus_audit.report.sections.opt_outs import OptOut, OptOutsSection, RecordOptOut
from corpus_audit.report.sections.overlaps import DatasetOverlap, Overlap, Overlaps
from corpus_audit.report.sections.personal_information import (
    FoundType,
    LabelledInformationRow,
    PersonalInformationRow,
    PersonalInformationSection,
)
from corpus_audit.report.sections.propagated_restrictions import PropagatedRestriction
from corpus_audit.report.sections.provenance import FlowBox, FlowColumn, FlowStream, Provenance
from corpus_audit.report.sections.references import ReferenceHits, ReferenceRow, References
from corpus_audit.report.sections.rules import Bound, RuleRow
from corpus_audit.report.sections.similarity import SimilarityRange
from corpus_audit.report.sections.sources import (
    ClaimCount,
    ClaimStatus,
    Comparison,
    LicenseTerms,
    SourceFigures,
    SourceRow,
)
from corpus_audit.report.sections.split_leakage import SplitLeakage, SplitLeakages
from corpus_audit.report.sections.stages import StageRow
from corpus_audit.report.sections.subjects import SubjectCount, SubjectRow, Subjects
from corpus_audit.report.sections.summary import SummarySection
from corpus_audit.report.sections.supplements import SupplementRow
from corpus_audit.report.sections.texts import (
    AcceptanceResult,
    Check,
    Diversity,
    KeywordCount,
    LanguageShare,
    LowScores,
    NameCount,
    Notice,
    Secret,
    TextQuality,
    TextsSection,
)
from corpus_audit.report.sections.verdict import ReasonRow, VerdictSection

__all__ = [
    "AcceptanceResult",
    "AuditSection",
    "Bound",
    "ChangedParameter",
    "Check",
    "ClaimCount",
    "ClaimStatus",
    "Comparison",
    "ConditionCount",
    "ContentRow",
    "ContentSection",
    "Coverage",
    "CoverageColumn",
    "CoverageCounts",
    "CoverageGap",
    "DatasetOverlap",
    "DatasetSection",
    "DefectRow",
    "Diversity",
    "EvidenceSection",
    "EvidenceTableRow",
    "FailedFile",
    "FileCount",
    "FileLabel",
    "Files",
    "Finding",
    "FindingDecision",
    "FlowBox",
    "FlowColumn",
    "FlowStream",
    "FoundType",
    "FunnelStepCount",
    "HistoryEntry",
    "InstalledDetectorRow",
    "KeywordCount",
    "KindOfContent",
    "LabelledInformationRow",
    "LanguageShare",
    "LeftOutRow",
    "LicenseContradiction",
    "LicenseShare",
    "LicenseTerms",
    "Licenses",
    "Limit",
    "LimitCode",
    "ListedRows",
    "LocalizedTextModel",
    "LowScores",
    "Media",
    "Model",
    "NameCount",
    "Notice",
    "OptOut",
    "OptOutsSection",
    "Overlap",
    "Overlaps",
    "PackRow",
    "PersonalInformationRow",
    "PersonalInformationSection",
    "ProblemCount",
    "PropagatedRestriction",
    "Provenance",
    "PurposeRow",
    "PurposeSummary",
    "Purposes",
    "ReasonRow",
    "RecognisedGroup",
    "RecordLicense",
    "RecordLicenses",
    "RecordOptOut",
    "ReferenceHits",
    "ReferenceRow",
    "References",
    "RuleRow",
    "Secret",
    "Section",
    "Share",
    "SimilarityRange",
    "SourceCoverage",
    "SourceFigures",
    "SourceRow",
    "SplitLeakage",
    "SplitLeakages",
    "StageRow",
    "SubjectCount",
    "SubjectRow",
    "Subjects",
    "SummarySection",
    "SupplementRow",
    "TextQuality",
    "TextsSection",
    "UnreadFile",
    "Value",
    "VerdictSection",
    "WaiverCount",
]
