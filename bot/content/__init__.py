"""Reads and checks the content folder: files → one edition's JSON body → values for the rules."""

from bot.config import shipped
from bot.content.edition import Content, digest, parse
from bot.content.loading import Loaded, Report, check, load
from bot.content.meeting import Sayings
from bot.content.problems import Problem

__all__ = ["Content", "Loaded", "Problem", "Report", "Sayings", "check", "digest", "load", "parse", "shipped"]
