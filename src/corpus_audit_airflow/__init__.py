"""An Airflow provider: what DAGs that audit datasets are made of, a gate for other DAGs, and the review pages."""
