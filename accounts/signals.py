"""What this app tells the apps above it, inside the transaction of the write."""

from django.dispatch import Signal

person_forgotten = Signal()  # sender: None, user: User
