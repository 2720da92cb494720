"""How the sections are called that a report folds when they have no content."""

from collections.abc import Mapping

from corpus_audit.schemas.marking import _

SECTIONS: Mapping[str, str] = {
    "record_licenses": _("Licenses of records"),
    "copies": _("Copies and overlaps"),
    "references": _("Works of others"),
    "notices": _("What the texts say of themselves"),
    "personal_information": _("Personal information"),
    "names": _("Names in texts"),
    "media": _("Pictures, recordings and films"),
    "subjects": _("People"),
    "opt_outs": _("Opt-outs"),
    "texts": _("Languages and quality"),
    "models": _("Models"),
    "history": _("History"),
}
