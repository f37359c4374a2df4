import sys
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from publishing.export.build import export_map
from publishing.export.bundle import BundleError

EVERY = 100


class Command(BaseCommand):
    help = "Write the public map into the folder DIR, as files that open from the disk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--base-url",
            default=settings.PUBLIC_MAP_URL,
            help="where the map will lie, for search engines and previews of links",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        base_url, begun = _checked(options["base_url"]), monotonic()
        try:
            done = export_map(
                options["folder"],
                publisher=settings.PUBLISHER,
                base_url=base_url,
                progress=self._progress,
            )
        except BundleError as error:
            raise CommandError(str(error)) from error
        seconds = monotonic() - begun
        self.stdout.write(
            f"{done.files:,} files, {done.size / 1e6:.1f} MB, {done.words}, in {seconds:.1f} s"
        )

    def _progress(self, done: int, total: int) -> None:
        if done % EVERY and done != total:
            return
        end = "\n" if done == total or not sys.stderr.isatty() else "\r"
        self.stderr.write(f"{done:,} of {total:,} technologies", ending=end)


def _checked(base_url: str) -> str:
    """With its slash at the end."""
    if not base_url:
        return ""
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise CommandError(
            f"--base-url {base_url}: write a whole address, such as https://example.org/map/."
        )
    return base_url.rstrip("/") + "/"
