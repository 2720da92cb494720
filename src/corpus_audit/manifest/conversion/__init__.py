"""Building blocks of adapters: places in a document, tables of fields, and an always valid manifest."""
