"""A form as JSON, for programs."""

import json

from corpus_audit.export.form import Form


def render_form_json(form: Form) -> str:
    """Return a form as JSON: sorted keys, the same bytes for the same form."""
    document = form.model_dump(mode="json")
    return json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
