"""Where SQL runs: embedded (DuckDB) or distributed; both answer the same Protocol."""
