"""The rules of the drill: pure functions over small frozen values. Knows no database, no clock, no chat."""
