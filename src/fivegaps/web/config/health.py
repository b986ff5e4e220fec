"""Two answers for whoever watches the office: is it alive, can it serve?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


def _plain(text: str, status: int = 200) -> HttpResponse:
    answer = HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 200 whenever the process answers at all."""
    return _plain("alive")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 when the database answers and has every migration, else 503."""
    try:
        waiting = unapplied_migrations()
    except DatabaseError:
        return _plain("the database does not answer", 503)
    if waiting:
        return _plain(f"the database is older than the program: {waiting} migrations", 503)
    return _plain("ready")


def unapplied_migrations() -> int:
    """Return how many migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
