from dataclasses import dataclass, field

import pytest

from config import celery_app
from config.worker import Acknowledgements, WatchfulRequest


@dataclass
class Channel:
    closed: bool = False


@dataclass
class Message:
    acknowledged: bool = False
    channel: Channel = field(default_factory=Channel)


def checked_twice(message: Message) -> None:
    acknowledgements = Acknowledgements()
    acknowledgements.asked.append(message)
    acknowledgements.check()
    acknowledgements.check()


def test_a_message_that_stays_open_means_that_the_broker_was_lost() -> None:
    with pytest.raises(ConnectionError, match="1 messages stayed open"):
        checked_twice(Message())


def test_an_acknowledged_message_is_no_loss() -> None:
    checked_twice(Message(acknowledged=True))


def test_a_message_of_an_earlier_connection_is_no_loss() -> None:
    checked_twice(Message(channel=Channel(closed=True)))


def test_a_new_connection_begins_with_no_debts() -> None:
    acknowledgements = Acknowledgements()
    acknowledgements.asked.append(Message())
    acknowledgements.check()
    acknowledgements.forget()
    acknowledgements.check()


def test_the_worker_watches_every_task() -> None:
    celery_app.loader.import_default_modules()
    tasks = [task for name, task in celery_app.tasks.items() if name.startswith("jobs.")]
    assert tasks
    assert {task.Request for task in tasks} == {"config.worker:WatchfulRequest"}
    assert WatchfulRequest.__module__ == "config.worker"
    assert "config.worker:Reconnection" in celery_app.steps["consumer"]
