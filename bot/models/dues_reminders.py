"""When members hear of what is due, without anybody's doing."""

from typing import Final

STEPS: Final = (-1, 0, 3, 7)  # days after the due day
CATCH_UP_DAYS: Final = 7  # the last step is of use for so long; an earlier one until the next
