"""Builds seeds/ into public/; see `python build.py --help`."""

from sitegen.cli import main

if __name__ == "__main__":
    main()
