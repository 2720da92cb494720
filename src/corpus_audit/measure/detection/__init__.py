"""measure/detection."""
