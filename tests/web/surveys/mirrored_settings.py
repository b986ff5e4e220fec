"""The office's settings, but Dutch runs from right to left and its texts are pseudo ones."""

import os

from fivegaps.web.config.settings import *  # noqa: F403

LANGUAGES_BIDI = ["nl"]
LOCALE_PATHS = [os.environ["PSEUDO_LOCALE"]]
