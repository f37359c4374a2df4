"""Keeps a worker listening when its broker dies while it is busy."""

from kombu.transport import redis, virtual


class QoS(redis.QoS):
    """Counts a message as acknowledged even when the broker could not be told.

    Celery logs such a failure and goes on. Without this the message would stay among the
    unacknowledged ones of the connection, and a worker that holds as many of these as it may
    prefetch neither asks for more nor notices that the connection is dead.
    """

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


def stay_attentive() -> None:
    redis.Channel.QoS = QoS
