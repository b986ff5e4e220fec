"""Look for known holes in the locked requirements, and never call "not looked" clean.

pip-audit says "no known vulnerabilities" even when the advisory service knew none of
the packages, so its answer is counted here package by package.

Ends with 0 when every package was looked up and is clean, 1 when one has a known hole,
3 when the advisory databases could not be asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

LOCKED = "requirements/develop.txt"
SERVICES = ("pypi", "osv")


class Hole(TypedDict):
    """One advisory about one package."""

    id: str
    fix_versions: list[str]


class Looked(TypedDict, total=False):
    """What a service says of one package; without ``vulns`` it did not know it."""

    name: str
    version: str
    vulns: list[Hole]


def main() -> int:
    """Ask each advisory service in turn until one answers for the packages."""
    for service in SERVICES:
        dependencies = ask(service)
        answered = [entry for entry in dependencies if "vulns" in entry]
        if answered:
            return judge(service, dependencies, answered)
    print("audit: the advisory databases could not be reached, so nothing is known.")
    print("audit: run it again where pip-audit's services (pypi or osv) answer.")
    return 3


def ask(service: str) -> list[Looked]:
    """Return what the service says of each locked package; empty when it does not answer."""
    command = ["--requirement", LOCKED, "--require-hashes", "--disable-pip"]
    command += ["--vulnerability-service", service, "--format", "json", "--progress-spinner", "off"]
    pip_audit = Path(sys.executable).parent / "pip-audit"
    found = subprocess.run([pip_audit, *command], capture_output=True, text=True, check=False)
    try:
        return list(json.loads(found.stdout)["dependencies"])
    except (json.JSONDecodeError, KeyError):
        last = found.stderr.strip().splitlines()[-1:] or ["no answer"]
        print(f"audit: {service}: {last[0][:160]}")
        return []


def judge(service: str, dependencies: list[Looked], answered: list[Looked]) -> int:
    """Print what was found and return the exit code."""
    holes = [entry for entry in answered if entry["vulns"]]
    for entry in holes:
        for hole in entry["vulns"]:
            fixed = ", ".join(hole["fix_versions"]) or "none yet"
            print(f"audit: {entry['name']} {entry['version']}: {hole['id']}, fixed in {fixed}")
    unknown = len(dependencies) - len(answered)
    print(f"audit: {service} knew {len(answered)} of {len(dependencies)} locked packages")
    if holes:
        print("audit: raise them in pyproject.toml, then make lock UPGRADE=1")
        return 1
    if unknown:
        print(f"audit: nothing is known of the other {unknown}")
        return 3
    print("audit: no known holes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
