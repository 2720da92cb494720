"""Facts per record, measured in one pass over Arrow batches."""
