"""What is said when a file that somebody sent does not arrive."""

from typing import Final

from bot.errors import Refusal
from bot.errors.files import FileNotFetched, FileTooBig

REFUSALS: Final[dict[type[Refusal], str]] = {
    FileTooBig: "That file is too big: at most {megabytes} MB, please.",
    FileNotFetched: "I could not get that file from Telegram. Please send it once more.",
}
