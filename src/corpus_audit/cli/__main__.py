"""``python -m corpus_audit.cli`` is the command line."""

from corpus_audit.cli import main

if __name__ == "__main__":
    main()
