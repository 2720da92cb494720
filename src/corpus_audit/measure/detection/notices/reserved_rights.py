"""Sentences that keep rights back: all rights reserved, confidential, not to be passed on."""

from corpus_audit.measure.detection.detector import Detector
from corpus_audit.measure.detection.notices.statements import statement, worded
from corpus_audit.vocabulary import SpanKind

_ALL_RIGHTS = worded("(?i:all rights reserved)") + r"\b|保留所有权利|保留一切权利|版权所有|翻印必究|著作权所有"
_CONFIDENTIAL = (
    "(?i:"
    + worded("(?:strictly|highly|company|commercial in|proprietary and|privileged and) confiden(?:tial|ce)|")
    + worded("confidential (?:and proprietary|information of|property of|material|- do not)|")
    + worded("this (?:document|email|message|file) (?:is|contains) (?:strictly |highly )?confidential|")
    + worded("trade secrets? of")
    + r")\b|商业秘密|内部资料|绝密|机密文件|保密文件"
)
_DISTRIBUTION = (
    "(?i:"
    + worded("(?:do not|not for|may not be) (?:re)?distribut(?:e|ed|ion)|")
    + worded("not for (?:public )?release|no part of this (?:publication|book|work) may be")
    + r")\b|"
    # In lower case it speaks of a function, not of a document.
    + worded("INTERNAL USE ONLY")
    + r"|仅供内部|请勿外传|禁止外传|禁止转载|未经(?:书面)?(?:许可|授权)(?:，|,)?(?:不得|禁止|严禁)"
)

ALL_RIGHTS_RESERVED: Detector = statement("ALL_RIGHTS_RESERVED", SpanKind.NOTICE, _ALL_RIGHTS)
CONFIDENTIAL: Detector = statement("CONFIDENTIAL", SpanKind.NOTICE, _CONFIDENTIAL)
DO_NOT_DISTRIBUTE: Detector = statement("DO_NOT_DISTRIBUTE", SpanKind.NOTICE, _DISTRIBUTION)
