"""`python -m addin.cli` is `markbook`."""

from addin.cli.entry import main

if __name__ == "__main__":
    main()
