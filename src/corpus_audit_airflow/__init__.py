"""What DAGs that audit datasets are made of: tasks, parameters, notices, telemetry."""
