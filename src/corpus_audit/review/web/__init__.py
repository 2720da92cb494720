"""The review app: pages for reading finished audits and deciding about them (FastAPI, plain HTML)."""
