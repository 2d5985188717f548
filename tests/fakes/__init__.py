"""Servers of what is not ours, written from their owners' documents and never from our clients."""
