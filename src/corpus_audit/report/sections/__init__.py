"""The parts of a report as data, one section a module; ``model.py`` puts them together.

Sections that repeat an evidence table keep its column names, so the dictionary in ``schemas`` explains both.
"""

from corpus_audit.report.sections.audit import Audit, Dataset, Pack
from corpus_audit.report.sections.base import Bilingual, Section, Share, Value
from corpus_audit.report.sections.evidence import Evidence, EvidenceTable
from corpus_audit.report.sections.files import Content, Defect, FailedFile, FileCount, Files
from corpus_audit.report.sections.findings import Finding, FindingDecision
from corpus_audit.report.sections.history import HistoryEntry
from corpus_audit.report.sections.inherited import Inherited, InheritedRestrictions
from corpus_audit.report.sections.licenses import (
    LicenseContradiction,
    LicenseShare,
    PurposeAnswer,
    RecordLicense,
    RecordLicenses,
)
from corpus_audit.report.sections.limits import Limit, LimitCode
from corpus_audit.report.sections.media import FileLabel, FileLabels, Media
from corpus_audit.report.sections.models import Model
from corpus_audit.report.sections.opt_outs import OptOut, OptOuts
from corpus_audit.report.sections.overlaps import DatasetOverlap, Overlap, Overlaps
from corpus_audit.report.sections.personal_information import PersonalInformation
from corpus_audit.report.sections.record_steps import RecordStepCount
from corpus_audit.report.sections.references import Reference, ReferenceHits, References
from corpus_audit.report.sections.rules import Rule
from corpus_audit.report.sections.similarity import SimilarityRange
from corpus_audit.report.sections.sources import Comparison, LicenseTerms, Source, SourceFigures, Standing
from corpus_audit.report.sections.stages import Stage
from corpus_audit.report.sections.subjects import Subject, SubjectCount, Subjects
from corpus_audit.report.sections.summary import Summary
from corpus_audit.report.sections.texts import (
    Check,
    Diversity,
    Gate,
    KeywordCount,
    LanguageShare,
    NameCount,
    Notice,
    Secret,
    TextQuality,
    Texts,
)
from corpus_audit.report.sections.verdict import Reason, VerdictSection

__all__ = [
    "Audit",
    "Bilingual",
    "Check",
    "Comparison",
    "Content",
    "Dataset",
    "DatasetOverlap",
    "Defect",
    "Diversity",
    "Evidence",
    "EvidenceTable",
    "FailedFile",
    "FileCount",
    "FileLabel",
    "FileLabels",
    "Files",
    "Finding",
    "FindingDecision",
    "Gate",
    "HistoryEntry",
    "Inherited",
    "InheritedRestrictions",
    "KeywordCount",
    "LanguageShare",
    "LicenseContradiction",
    "LicenseShare",
    "LicenseTerms",
    "Limit",
    "LimitCode",
    "Media",
    "Model",
    "NameCount",
    "Notice",
    "OptOut",
    "OptOuts",
    "Overlap",
    "Overlaps",
    "Pack",
    "PersonalInformation",
    "PurposeAnswer",
    "Reason",
    "RecordLicense",
    "RecordLicenses",
    "RecordStepCount",
    "Reference",
    "ReferenceHits",
    "References",
    "Rule",
    "Secret",
    "Section",
    "Share",
    "SimilarityRange",
    "Source",
    "SourceFigures",
    "Stage",
    "Standing",
    "Subject",
    "SubjectCount",
    "Subjects",
    "Summary",
    "TextQuality",
    "Texts",
    "Value",
    "VerdictSection",
]
