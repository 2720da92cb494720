"""measure/detection/es."""
