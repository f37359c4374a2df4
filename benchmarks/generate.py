"""Fills the database that DATABASE_URL names: python -m benchmarks.generate --technologies N."""

import argparse
import os
import sys
from time import monotonic

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from benchmarks.installation import fill  # noqa: E402
from record.errors import DomainError  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate")
    parser.add_argument("--technologies", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.technologies < 1:
        parser.error("--technologies must be 1 or more.")
    started = monotonic()
    call_command("migrate", verbosity=0)
    try:
        fill(technologies=options.technologies, seed=options.seed)
    except DomainError as error:
        print(error.message, file=sys.stderr)
        return 1
    print(f"{options.technologies} technologies, {monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
