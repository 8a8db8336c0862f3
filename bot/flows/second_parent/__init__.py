"""The second parent of a child: joined by the register, by the first parent's word, or on invitation."""

from bot.flows.second_parent.asking import ask_first_parent
from bot.flows.second_parent.joining import arrive, joins

__all__ = ["arrive", "ask_first_parent", "joins"]
