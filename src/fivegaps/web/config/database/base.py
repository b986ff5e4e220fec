"""Django's SQLite backend on the newest SQLite at hand.

Versions 3.7 to 3.51.2 can lose a transaction when a write-ahead log is reset at an unlucky
moment. Systems still ship them, so the ``pysqlite3`` wheel, which brings its own SQLite, is
put in the place of ``sqlite3`` while Django's backend is imported, and only there.

Tables whose name ends in ``_unordered`` are made without row numbers: their rows stand sorted
by a random key, so that nothing tells which came first.
"""

from __future__ import annotations

import importlib
import sys


def _import_backend() -> None:
    try:
        import pysqlite3
    except ImportError:  # no wheel for this system: `fivegaps doctor` looks at the version
        return
    names = {"sqlite3": pysqlite3, "sqlite3.dbapi2": pysqlite3.dbapi2}
    before = {name: sys.modules.get(name) for name in names}
    sys.modules.update(names)
    try:
        importlib.import_module("django.db.backends.sqlite3.base")
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


_import_backend()

from django.db.backends.sqlite3.base import DatabaseWrapper as _Django  # noqa: E402 - after the exchange
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor  # noqa: E402
from django.db.models import Model  # noqa: E402

UNORDERED = "_unordered"


class SchemaEditor(DatabaseSchemaEditor):
    """Makes tables, some of them without row numbers."""

    def table_sql(self, model: type[Model]) -> tuple[str, list[object]]:
        """Return the statement that makes a table, and its parameters."""
        sql, params = super().table_sql(model)
        if model._meta.db_table.endswith(UNORDERED):  # noqa: SLF001 - Django's own way
            sql += " WITHOUT ROWID"
        return sql, params


class DatabaseWrapper(_Django):
    """Django's connection to SQLite."""

    SchemaEditorClass = SchemaEditor


__all__ = ["DatabaseWrapper", "sqlite_version"]


def sqlite_version() -> tuple[int, int, int]:
    """Return the version of the SQLite that writes the office's rows."""
    major, minor, patch = (int(part) for part in DatabaseWrapper.Database.sqlite_version.split("."))
    return major, minor, patch
