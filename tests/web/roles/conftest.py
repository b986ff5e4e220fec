"""The statements of pages make surveys as the surveys' own tests do."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "surveys"))
