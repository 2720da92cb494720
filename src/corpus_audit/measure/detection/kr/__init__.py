"""measure/detection/kr."""
