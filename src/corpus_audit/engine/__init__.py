"""SQL engines: embedded (DuckDB) or distributed (Spark), with the same Protocol."""
