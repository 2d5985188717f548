"""Whole days on a clock that can be moved: simulated staff, a channel that records, an auditor who trusts only that."""
