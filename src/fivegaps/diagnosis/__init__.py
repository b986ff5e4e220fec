"""From a company's answers and registers to located gaps, named causes and verdicts."""
