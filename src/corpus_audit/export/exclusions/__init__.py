"""Exclusions: the records that rules, decisions and copies take out of a dataset, and why."""
