"""From an event to a use case and back to words: the one list of commands, and what a free text is awaited for."""

from bot.router.hear import hear, park
from bot.router.routes import COMMANDS, READS, commands_for, menu_of

__all__ = ["COMMANDS", "READS", "commands_for", "hear", "menu_of", "park"]
