"""Why a command stops: a sentence, and an exit status that scripts can trust."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from pipeline.messages import Message


class Status(IntEnum):
    """The exit statuses of the command."""

    GOOD = 0
    CONTENT = 1
    USAGE = 2
    MACHINE = 3


class Failure(Exception):  # noqa: N818 - the subclasses name what failed
    """A command can't go on. ``key`` names the sentence that says why."""

    status: ClassVar[Status] = Status.CONTENT

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.message = Message(key, values)

    def __str__(self) -> str:
        """Return the sentence, in the user's language."""
        return self.message.text()


class Misuse(Failure):
    """The command was called with something that does not exist or fit."""

    status = Status.USAGE


class Missing(Failure):
    """Something is missing on this machine, or may not be used."""

    status = Status.MACHINE
