"""The walk over staff pages fields a survey as the tests of results do."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "dashboards"))
