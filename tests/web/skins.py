"""The page's skin for WeCom, and what it shows of a stage."""

from bot.chat.words import Words
from bot.rehearsal.stage import Stage
from bot.router import menu_of
from bot.web.demo import Show
from bot.wecom.skin import WeComSkin


def wecom(words: Words) -> WeComSkin:
    return WeComSkin(words("wecom.choose"), words("wecom.more"), menu_of(words))


def show(stage: Stage, words: Words, *, first: bool = False) -> Show:
    """`first`: as `chenlian demo --wecom` shows it."""
    return Show(stage, wecom(words), wecom=first)
