"""How the ledger's tables come to be, one file a version (Alembic)."""
