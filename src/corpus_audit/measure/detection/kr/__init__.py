"""Identifiers of South Korea."""
