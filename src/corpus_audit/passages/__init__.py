"""The passage index: which records of a shard may hold a passage, and where a text and a record share one."""
