"""What this app tells the apps above it, after the write and inside its transaction."""

from django.dispatch import Signal

observations_recorded = Signal()  # sender: None, indicator: Indicator
indicator_changed = Signal()  # sender: None, indicator: Indicator
# sender: None, item: Item, before: the state it had, by: User, reason: str
item_moved = Signal()
