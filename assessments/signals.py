"""What this app tells the apps above it, inside the transaction of the write."""

from django.dispatch import Signal

record_published = Signal()  # sender: None, publication: Publication
