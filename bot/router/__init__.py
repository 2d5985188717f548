"""From an event to a use case and back to words: the one list of commands, and what a free text is awaited for."""

from bot.router.hear import hear, park, welcome
from bot.router.routes import COMMANDS, READS, commands_for, group_menu_of, menu_of

__all__ = ["COMMANDS", "READS", "commands_for", "group_menu_of", "hear", "menu_of", "park", "welcome"]
