"""Lets ``python -m fivegaps`` do what ``fivegaps`` does."""

import sys

from fivegaps.cli.main import main

sys.exit(main())
