"""Identifiers that every state of the European Union issues."""
