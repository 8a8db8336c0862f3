"""Taking and confirming a seat of the town: why it is refused, and what comes of it."""

from datetime import timedelta

import pytest

from domain.application import Status
from domain.errors import TakingRefused
from storage.seats import confirming
from tests.integration.town_with_seats import Town

DAY = timedelta(days=1)


async def refusal(town: Town, application_id: int, bulletin_id: int) -> TakingRefused:
    """Why it is refused."""
    with pytest.raises(TakingRefused) as refused:
        await town.takes(application_id, bulletin_id)
    return refused.value


async def confirms(town: Town, claim_id: int) -> Status:
    """The status after confirming."""
    return (await town.database.write(lambda tx: confirming.confirm(tx, claim_id)))[0].application.status
