"""`make run`: the whole site on one machine, until Ctrl-C."""

import os
import sys

import django
from django.utils.module_loading import import_string

from config.up.signals import StopRequested, StopSignals


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.umask(0o077)
    signals = StopSignals()
    signals.listen()
    try:
        django.setup()
        # What reads models can be imported only now.
        return int(import_string("config.up.site.run")(signals))
    except StopRequested:
        return 0


if __name__ == "__main__":
    sys.exit(main())
