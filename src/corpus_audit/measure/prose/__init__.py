"""measure/prose."""
