import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from config.logs import DailyFile, JsonLines, logging_to
from record.trace import tracing

NOON = 1_784_894_400.0  # 2026-07-24 12:00 UTC
DAY = 86_400


def record(message: str, *arguments: object, at: float = NOON, **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord("some.logger", logging.INFO, "", 1, message, arguments, None)
    made.created = at
    vars(made).update(extra)
    return made


def written(made: logging.LogRecord) -> dict[str, Any]:
    line = JsonLines().format(made)
    assert "\n" not in line
    parsed: dict[str, Any] = json.loads(line)
    return parsed


def test_a_line_tells_when_where_and_for_whom() -> None:
    with tracing("the-request"):
        line = written(record("job %s", 7))
    assert line["at"] == "2026-07-24T12:00:00.000+00:00"
    assert (line["level"], line["logger"], line["message"]) == ("info", "some.logger", "job 7")
    assert line["request_id"] == "the-request"


def test_extra_facts_become_keys() -> None:
    assert written(record("x", view="a:b", status=200))["view"] == "a:b"


def test_a_message_cannot_forge_a_second_line() -> None:
    assert written(record('x\n{"level": "forged"}'))["message"] == 'x\n{"level": "forged"}'


def test_what_json_does_not_know_is_written_as_text() -> None:
    assert written(record("x", where=Path("/a")))["where"] == "/a"


def test_an_error_brings_its_traceback() -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        made = record("x", exc_info=sys.exc_info())
    assert "ZeroDivisionError: division by zero" in written(made)["error"]


def test_each_day_has_its_file(tmp_path: Path) -> None:
    handler = DailyFile(str(tmp_path / "logs"))
    handler.setFormatter(JsonLines())
    for day in range(2):
        handler.emit(record("x", at=NOON + day * DAY))
    handler.close()
    names = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert names == ["bellwether-2026-07-24.jsonl", "bellwether-2026-07-25.jsonl"]


def test_two_processes_share_a_file(tmp_path: Path) -> None:
    handlers = [DailyFile(str(tmp_path)) for _ in range(2)]
    for number in range(20):
        handlers[number % 2].emit(record(f"{number} {'x' * 5000}"))
    for handler in handlers:
        handler.close()
    [file] = tmp_path.iterdir()
    numbers = [line.split()[0] for line in file.read_text().splitlines()]
    assert numbers == [str(number) for number in range(20)]


def test_half_characters_do_not_stop_the_log(tmp_path: Path) -> None:
    handler = DailyFile(str(tmp_path))
    handler.emit(record("half \ud800"))
    handler.close()
    [file] = tmp_path.iterdir()
    assert file.read_text() == "half \\ud800\n"


def test_a_log_that_cannot_be_written_is_reported_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    DailyFile(str(tmp_path / "file")).emit(record("x"))
    assert "Logging error" in capsys.readouterr().err


def test_production_logs_to_standard_output() -> None:
    assert logging_to(None)["handlers"]["lines"]["stream"] == "ext://sys.stdout"


def test_every_sweep_is_no_line_and_every_failure_is_one() -> None:
    levels = logging_to(None)["loggers"]
    assert levels["celery.app.trace"]["level"] == "WARNING"
    assert levels["celery"]["propagate"]
