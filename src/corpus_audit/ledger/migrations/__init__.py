"""Migrations of the ledger's tables, one file per version (Alembic)."""
