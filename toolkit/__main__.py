"""Lets `python -m toolkit` do what the `policy` command does."""

import sys

from toolkit.cli import main

sys.exit(main())
