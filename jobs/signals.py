from django.dispatch import Signal

# Sent with `job` once its end state, done or parked, is committed.
job_ended = Signal()

# Sent after each sweep: the moment to repair what a lost signal left undone.
swept = Signal()
