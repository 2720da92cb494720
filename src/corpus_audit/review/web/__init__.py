"""The review app: pages on which people read finished audits and decide about them (FastAPI, plain HTML)."""
