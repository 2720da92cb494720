"""What every adapter is built from: places in a document, tables of fields, and a manifest that is always valid."""
