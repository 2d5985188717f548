"""Chenlian (晨练): the program around the rules; each folder is one room (see ARCHITECTURE.md)."""
