"""Review of finished audits: the ledger of decisions, and the pages for making them."""
