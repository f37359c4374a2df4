class CannotRun(Exception):
    """The site cannot start or go on; the message tells the person at the terminal why."""


class AlreadyRunning(CannotRun):
    """Another process holds the folder."""


class PortTaken(CannotRun):
    """PORT names a port that another process listens on, or no port at all."""


class PartFailed(CannotRun):
    """A part of the site does not stay up."""


class DemoFailed(CannotRun):
    """The demonstration could not be loaded."""
