"""Use cases: plain functions `verb(turn, …)` that load facts, take one pure decision, and write rows."""
