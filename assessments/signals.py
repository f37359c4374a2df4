"""What this app tells the apps above it, inside the transaction of the write."""

from django.dispatch import Signal

record_published = Signal()  # sender: None, publication: Publication
prediction_published = Signal()  # sender: None, prediction: Prediction
forecast_recorded = Signal()  # sender: None, prediction: Prediction
demonstration_loaded = Signal()  # sender: None, proposer: User, confirmer: User
