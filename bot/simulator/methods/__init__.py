"""The Bot API methods the simulator answers; importing a module registers its methods."""

from bot.simulator.methods import (
    callbacks,
    chats,
    commands,
    copying,
    deleting,
    editing,
    profile,
    receiving,
    sending,
    webhooks,
)
from bot.simulator.methods.registry import METHODS, Described, Request

__all__ = [
    "METHODS",
    "Described",
    "Request",
    "callbacks",
    "chats",
    "commands",
    "copying",
    "deleting",
    "editing",
    "profile",
    "receiving",
    "sending",
    "webhooks",
]
