"""What people do with a finished audit: the ledger of their decisions, and the pages they decide on."""
