"""Rules for every test: in CI a skipped test is a failed test."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# How long an example takes tells of the machine, not of the code.
settings.register_profile("fivegaps", deadline=None)
settings.load_profile("fivegaps")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where CI=true: what was not run was not shown."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {call.excinfo}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have to tell beside pass or fail, such as the power they have."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [
        (report.nodeid, text)
        for report in reports
        if report.when == "call"
        for name, text in report.user_properties
        if name == "told"
    ]
    if told:
        terminalreporter.section("told by tests")
        for test, text in told:
            terminalreporter.write_line(f"{test.rpartition('::')[2]}: {text}")
