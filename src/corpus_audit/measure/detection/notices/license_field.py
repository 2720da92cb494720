"""A field ``license:`` in the front matter of a card or of a Markdown page, with an id in lower case.

Only ids of the SPDX list and of the list of the Hugging Face hub are taken: any word may follow such a field.
"""

from corpus_audit.measure.detection.detector import Buffer, DeferredExpression
from corpus_audit.measure.detection.notices.spdx_license_identifier import spdx_id

HUB_IDS = {
    "apache-2.0": "Apache-2.0", "mit": "MIT", "bsd": "BSD", "gpl": "GPL", "lgpl": "LGPL", "gfdl": "GFDL", "cc": "CC",
    "gpl-2.0": "GPL-2.0", "gpl-3.0": "GPL-3.0", "lgpl-2.1": "LGPL-2.1", "lgpl-3.0": "LGPL-3.0", "agpl-3.0": "AGPL-3.0",
    "bigscience-bloom-rail-1.0": "LicenseRef-bigscience-rail-1.0",
    "bigscience-openrail-m": "LicenseRef-bigscience-open-rail-m",
    "creativeml-openrail-m": "LicenseRef-stable-diffusion-2022-08-22",
    "openrail++": "LicenseRef-bigscience-open-rail-m2", "bigcode-openrail-m": "LicenseRef-bigcode-open-rail-m-v1",
    "llama2": "LicenseRef-llama-2-license-2023", "llama3": "LicenseRef-llama-3-community-license",
    "llama3.1": "LicenseRef-llama-3.1-license-2024", "llama3.2": "LicenseRef-llama-3.2-license-2024",
    "llama3.3": "LicenseRef-llama-3.3-license-2024", "llama4": "LicenseRef-llama-4-cla-2025",
    "gemma": "LicenseRef-gemma-tou-2025-03-24", "pddl": "PDDL-1.0", "odc-by": "ODC-By-1.0", "odbl": "ODbL-1.0",
    "wtfpl": "WTFPL", "unlicense": "Unlicense", "etalab-2.0": "etalab-2.0", "cc0-1.0": "CC0-1.0",
}  # fmt: skip
"""Labels of the hub, as they are written there, and what they say."""


FIELD = r"\blicen[sc]e[ \t]{0,2}:[ \t]{0,4}(?:- )?[\"']?[a-z]"
"""How such a field begins."""
FIELD_WHOLE = DeferredExpression(
    rb"(?:(?:\A|(?<=\n))[ \t]{0,4}licen[sc]e[ \t]{0,2}:[ \t]{0,4}(?:- )?[\"']?(?P<stated>[a-z][a-z0-9.+-]{1,40})"
    rb"[\"']?(?=[ \t]{0,8}(?:\r?\n|\Z)))"
)


def read_field(value: Buffer) -> str | None:
    """Return what a field states; None where it is no id, or a mark of Creative Commons, which is read as such."""
    match = FIELD_WHOLE.fullmatch(value)
    stated = match["stated"].decode() if match else ""
    return None if stated.startswith("cc-by") else HUB_IDS.get(stated) or spdx_id(stated)
