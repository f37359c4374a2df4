import platform
from pathlib import Path

import django
from django.conf import settings

from record.backups.archive import Manifest, new_file, write_manifest, write_table
from record.backups.tables import tables
from record.canonical import digest
from record.clock import now
from record.errors import DomainError
from record.models import PublicChange
from record.moments import one_moment
from record.schema import applied_migrations, missing_migrations, shipped_migrations


def make_backup(*, path: Path, using: str) -> Manifest:
    """The file holds the record of one instant; whoever reads or writes it does not wait."""
    _refuse_another_schema(using)
    with new_file(path) as archive:
        with one_moment(using):
            members = [write_table(archive, table, using) for table in tables()]
            newest = PublicChange.objects.using(using).order_by("-seq").first()
        manifest = Manifest(
            schema=sorted(map(list, shipped_migrations())),
            made_at=now().isoformat(),
            software=_software(),
            newest_public_change=newest.seq if newest else 0,
            tables=members,
        )
        write_manifest(archive, manifest)
    return manifest


def _refuse_another_schema(using: str) -> None:
    missing = missing_migrations(using)
    unknown = applied_migrations(using) - shipped_migrations()
    if missing or unknown:
        app, name = min(missing or unknown)
        raise DomainError(
            f"This code and this database differ by {len(missing | unknown)} migrations (the first"
            f" is {app} {name}). Back up with the code that the database belongs to."
        )


def _software() -> dict[str, str]:
    """What computed the results inside; each receipt says the same of its own."""
    lock = Path(settings.BASE_DIR) / "requirements.lock"
    return {
        "python": platform.python_version(),
        "django": django.get_version(),
        "lock": digest(lock.read_bytes()),
    }
