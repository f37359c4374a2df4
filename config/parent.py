"""Ties the life of a process to the one that started it."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(parent: int = 0) -> None:
    """On Linux the kernel ends this process as soon as its parent has ended, however it did."""
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    # The parent may have ended before the kernel was asked.
    if parent and os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
