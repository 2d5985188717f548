"""`python -m tests.bench NAME`: one of the measurements in this folder."""

import sys
from importlib import import_module

import_module(f"tests.bench.{sys.argv[1]}").main(sys.argv[2:])
