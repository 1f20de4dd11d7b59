"""A founded club, its admin, and the services that bill."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.models.people import Office
from tests.club import founded
from tests.services.test_bans import known
from tests.stories.invoicing import services_at


@pytest.fixture
async def asha(db):
    await founded(db)
    return await known(db, 1, Office.ADMIN)


@pytest.fixture
def desk(db) -> SimpleNamespace:
    return services_at(db, datetime(2026, 11, 24, 9, tzinfo=UTC))
