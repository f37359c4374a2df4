"""One JSON object a line, with the id of the request that caused it."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from record.trace import current_request_id

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Django hangs the request and the server on its records; neither belongs in a line of text.
_LEFT_OUT = _STANDARD | {"request", "server_time"}


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; what was passed as `extra` becomes keys."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": current_request_id(),
            "process": record.process,
        }
        line |= {key: value for key, value in vars(record).items() if key not in _LEFT_OUT}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class DailyFile(logging.Handler):
    """Appends to one file a day (UTC); processes may share it, for each line is one write."""

    def __init__(self, directory: str) -> None:
        super().__init__()
        self.directory = Path(directory)
        self.day = ""
        self.stream: TextIO | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            stream = self._stream_of(datetime.fromtimestamp(record.created, UTC).date().isoformat())
            stream.write(self.format(record) + "\n")
        except Exception:  # noqa: BLE001 a log that cannot be written must not stop the work
            self.handleError(record)

    def close(self) -> None:
        if self.stream:
            self.stream.close()
            self.stream = None
        super().close()

    def _stream_of(self, day: str) -> TextIO:
        if self.stream is None or day != self.day:
            if self.stream:
                self.stream.close()
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.directory / f"bellwether-{day}.jsonl"
            self.stream = path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
            self.day = day
        return self.stream


def logging_to(directory: Path | None) -> dict[str, Any]:
    """The logging configuration: files in the directory, or standard output without one."""
    handler = (
        {"class": "config.logs.DailyFile", "directory": str(directory), "formatter": "lines"}
        if directory
        else {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "lines",
        }
    )
    loggers = ("django", "celery", "gunicorn.error", "py.warnings")
    # A line a message, most of them sweeps; the ledger's own lines say what was worked on.
    talkative = ("celery.beat", "celery.worker.strategy", "celery.app.trace")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "config.logs.JsonLines"}},
        "handlers": {"lines": handler},
        "root": {"level": "INFO", "handlers": ["lines"]},
        # These arrive with handlers of their own; here all lines take the one way.
        "loggers": {name: {"handlers": [], "propagate": True} for name in loggers}
        | {name: {"level": "WARNING"} for name in talkative},
    }
