"""The files of deploy/ call what exists, as nobody in particular, with settings that are read.

They are parsed here; no container is built.
"""

from __future__ import annotations

import ast
import configparser
import json
import re
import shlex
from pathlib import Path

import pytest

from fivegaps.cli.main import COMMANDS, fivegaps_command
from fivegaps.web.config.database.choice import database
from fivegaps.web.config.environment import read_environment
from fivegaps.web.config.mail import mail

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
KNOWN = {
    "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD",
}  # fmt: skip


def instructions() -> list[tuple[str, str]]:
    """Return the container file's instructions: word and rest, lines joined."""
    text = (DEPLOY / "Containerfile").read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in joined.splitlines() if line]


def of(word: str) -> list[str]:
    return [rest for found, rest in instructions() if found == word]


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / name)
    return parser


def called(words: list[str]) -> None:
    """Hold a call of fivegaps against the commands that there are."""
    assert words[0].endswith("fivegaps")
    assert words[1] in COMMANDS
    command = fivegaps_command.get_command(None, words[1])  # type: ignore[arg-type]
    assert command is not None
    options = {option for one in command.params for option in one.opts}
    assert {word for word in words[2:] if word.startswith("-")} <= options


def test_container_file_is_made_of_known_instructions() -> None:
    assert {word for word, _ in instructions()} <= KNOWN
    assert all(rest.startswith("docker.io/library/python:3.11-slim") for rest in of("FROM"))


def test_everything_that_is_copied_is_there() -> None:
    copies = [rest.split() for rest in of("COPY") if not rest.startswith("--from")]

    missing = [name for words in copies for name in words[:-1] if not (ROOT / name).exists()]

    assert missing == []


def test_container_serves_as_nobody_in_particular_from_its_volume() -> None:
    words = [word for word, _ in instructions()]

    assert of("USER") == ["fivegaps"]
    assert words.index("USER") < words.index("CMD")
    assert of("VOLUME") == ["/srv/fivegaps"]
    assert "FIVEGAPS_HOME=/srv/fivegaps" in of("ENV")
    called(json.loads(of("CMD")[0]))


def test_container_is_asked_whether_it_lives() -> None:
    words = json.loads(of("HEALTHCHECK")[0].split("CMD", 1)[1])

    assert words[:2] == ["python", "-c"]
    assert "/healthz" in words[2]
    ast.parse(words[2])


def test_settings_of_the_container_are_read() -> None:
    told = dict(rest.split("=", 1) for rest in of("ENV"))

    environment = read_environment(told)

    assert (environment.host, environment.port) == (told["HOST"], 8000)
    assert of("EXPOSE") == ["8000"]


@pytest.mark.parametrize("name", ["fivegaps.service", "fivegaps-backup.service"])
def test_process_manager_calls_what_exists(name: str) -> None:
    service = unit(name)["Service"]

    called(shlex.split(service["ExecStart"]))
    assert service["User"] == "fivegaps"
    assert service["EnvironmentFile"] == "/etc/fivegaps.env"


def test_server_comes_back_and_backups_run_by_night() -> None:
    assert unit("fivegaps.service")["Service"]["Restart"] == "always"
    assert unit("fivegaps-backup.timer")["Timer"]["Persistent"] == "true"


def test_settings_of_the_server_are_read_and_safe() -> None:
    lines = (DEPLOY / "fivegaps.env").read_text().splitlines()
    told = dict(line.split("=", 1) for line in lines if not line.startswith("#"))

    environment = read_environment(told)

    assert environment.secure
    assert environment.proxies == 1
    assert database(environment.database_url)["HOST"] == "/var/run/postgresql"
    assert mail(environment)["EMAIL_USE_TLS"]


def test_proxy_tells_who_asks_and_how() -> None:
    text = (DEPLOY / "nginx.conf").read_text()

    assert text.count("{") == text.count("}")
    assert "X-Forwarded-Proto https" in text
    assert "X-Forwarded-For $remote_addr" in text
    assert "proxy_pass http://127.0.0.1:8000" in text
