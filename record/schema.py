"""Which migrations the code ships, and which of them a database still lacks."""

import pkgutil
from functools import cache
from importlib.util import find_spec

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder

Migration = tuple[str, str]


@cache
def shipped_migrations() -> frozenset[Migration]:
    """App and name of each; read off the file names, for importing them all takes a second."""
    found: set[Migration] = set()
    for config in apps.get_app_configs():
        package = find_spec(f"{config.name}.migrations")
        if package and package.submodule_search_locations:
            names = pkgutil.iter_modules(package.submodule_search_locations)
            found |= {(config.label, module.name) for module in names if module.name[0] not in "_~"}
    return frozenset(found)


def applied_migrations(using: str = DEFAULT_DB_ALIAS) -> frozenset[Migration]:
    return frozenset(MigrationRecorder(connections[using]).applied_migrations())


def missing_migrations(using: str = DEFAULT_DB_ALIAS) -> frozenset[Migration]:
    return shipped_migrations() - applied_migrations(using)
