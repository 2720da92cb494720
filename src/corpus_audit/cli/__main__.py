"""Entry point of ``python -m corpus_audit.cli``."""

from corpus_audit.cli import main

if __name__ == "__main__":
    main()
