"""Entry point of ``python -m corpus_audit.cli``."""

from corpus_audit.cli import command

if __name__ == "__main__":
    command()
