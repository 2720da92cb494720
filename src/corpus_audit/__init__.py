"""Training-data provenance audits: what a manifest claims, set beside what the data shows."""
