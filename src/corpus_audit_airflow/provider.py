"""What Airflow is told of this package as a provider."""

from typing import Any


def get_provider_info() -> dict[str, Any]:
    """Return the provider's entry for ``airflow providers list``; the entry point ``apache_airflow_provider``."""
    return {
        "package-name": "corpus-audit",
        "name": "corpus-audit",
        "description": "Audits of training data: a task group and an operator that gate DAGs, assets of approved data.",
        "integrations": [{"integration-name": "corpus-audit", "tags": ["software"]}],
        "operators": [{"integration-name": "corpus-audit", "python-modules": ["corpus_audit_airflow.operators"]}],
    }
