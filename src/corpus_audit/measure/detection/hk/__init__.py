"""measure/detection/hk."""
