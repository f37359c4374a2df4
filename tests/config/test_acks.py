from typing import Any

import pytest
from kombu import Connection

from config.acks import QoS
from config.env import celery_url
from tests.stack import PrivateBroker


def test_a_message_whose_broker_died_no_longer_counts(
    broker: PrivateBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionError("the broker is gone")

    with Connection(celery_url(broker.url)) as connection:
        queue = connection.SimpleQueue("test-acks")
        queue.put("a message")
        queue.channel.basic_qos(0, 1, apply_global=False)
        message = queue.get(timeout=5)
        assert not queue.channel.qos.can_consume()
        monkeypatch.setattr(QoS, "_remove_from_indices", refuse)
        with pytest.raises(ConnectionError, match="the broker is gone"):
            message.ack()
        assert queue.channel.qos.can_consume()
        queue.close()
