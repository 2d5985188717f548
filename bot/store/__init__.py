"""All SQL: the one door to the database, its tables, its queries. Knows no sentence for a person and no platform."""

from bot.store.store import Store
from bot.store.trouble import StoreTrouble
from bot.store.turn import InForce, Look, Reader, Turn

__all__ = ["InForce", "Look", "Reader", "Store", "StoreTrouble", "Turn"]
