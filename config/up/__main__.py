"""`make run`: the whole site on one machine, until Ctrl-C."""

import os
import sys

from config.up.signals import StopRequested, StopSignals
from config.up.site import run


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    os.umask(0o077)
    signals = StopSignals()
    signals.listen()
    try:
        return run(signals)
    except StopRequested:
        return 0


if __name__ == "__main__":
    sys.exit(main())
