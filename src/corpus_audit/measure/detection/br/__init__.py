"""Identifiers of Brazil."""
