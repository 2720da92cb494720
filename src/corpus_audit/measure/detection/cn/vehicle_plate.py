"""Chinese vehicle plates (GA 36): a province, a letter, and five signs, or six for electric vehicles."""

import re

from corpus_audit.measure.detection.detector import Candidate, ConfirmedBy, Detector, Match, context, propose
from corpus_audit.vocabulary import SpanKind

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_LAST_SIGNS = "挂学警港澳领"
_PLATE = (
    f"(?:{'|'.join(_PROVINCES)})[A-HJ-NP-Z](?:·|•|-| )?"
    f"(?:[0-9DF][A-HJ-NP-Z0-9][0-9]{{3}}[0-9DF]|[A-HJ-NP-Z0-9]{{5}}|[A-HJ-NP-Z0-9]{{4}}(?:{'|'.join(_LAST_SIGNS)}))"
)
_SEPARATORS = re.compile("[·• -]")


def _confirm(candidate: Candidate) -> Match | None:
    compact = _SEPARATORS.sub("", candidate.text)
    runs_on = candidate.after(1).isalnum()
    if runs_on or sum(sign.isdigit() for sign in compact) < 2:
        return None
    return Match(compact.encode(), 0.7, ConfirmedBy.SHAPE)


DETECTOR = Detector(
    kind=SpanKind.PERSONAL_INFORMATION,
    entity_type="CN_VEHICLE_PLATE",
    proposals=(propose(_PLATE),),
    confirm=_confirm,
    context=context("车牌, 号牌, 车号, plate, license plate", 0.95),
)
