"""The whole record as one file that either database writes and either reads back."""
