"""Driver's licenses beside their label, in the formats of the largest states; none prints a check digit to confirm."""

import re

from corpus_audit.measure.detection.checked_numbers import labelled_detector
from corpus_audit.measure.detection.detector import LabelledForm
from corpus_audit.measure.detection.labelled import has_letters_or_label

_FORMATS = {
    "CA, HI": r"[A-Z][0-9]{7,8}",
    "TX, PA, NY, GA, and others": r"[0-9]{7,12}",
    "FL, MI, MD, MN": r"[A-Z][0-9]{12}",
    "IL, WI, NJ": r"[A-Z][0-9]{11,14}",
    "OH": r"[A-Z]{2}[0-9]{6}",
    "VA, AZ, MA": r"[A-Z][0-9]{8,9}",
    "WA": r"WDL[0-9A-Z]{9}",
    "Chile": r"[0-9]{7,8}[0-9K]",
    "Costa Rica": r"CI[0-9]{9}",
    "El Salvador, Honduras": r"[0-9]{13,14}",
    "Czechia, Hungary, Portugal, Slovakia": r"[A-Z]{1,2}[0-9]{6,8}",
    "India": r"[A-Z]{2}[0-9]{13}",
    "Spain": r"[0-9]{8}[A-Z]",
    "Germany": r"[A-Z][0-9]{2}[0-9A-Z]{6}[0-9X][0-9A-Z]",
    "Italy": r"[A-Z]{2}[0-9]{7}[A-Z]|U1[0-9A-Z]{7}[A-Z]",
    "Belarus": r"[0-9][A-Z]{2}[0-9]{6}",
    "Bosnia and Herzegovina": r"[0-9][A-Z]{2}[0-9]{7}",
    "Romania": r"[A-Z][0-9]{8}[A-Z]",
    "Ukraine": r"[A-Z]{3}[0-9]{6}",
    "United Kingdom": r"[A-Z9]{5}[0-9]{6}[A-Z9]{2}[0-9A-Z]{3}",
}

DETECTOR = labelled_detector(
    "DRIVER_LICENSE",
    LabelledForm(
        labels=("DRIVER_LICENSE", "DRIVER_LICENSE_COMMON"),
        shape=re.compile("|".join(_FORMATS.values())),
        check=lambda _value: None,
        accepts=has_letters_or_label,
        has_letters=True,
        ends_in_letters=True,
    ),
)
