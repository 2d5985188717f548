"""The web edge: the demo page, the health addresses."""
