"""Every kind of notice: one table from what was told to what is read and what can be tapped."""

from collections.abc import Mapping

from bot.flows.notices import (
    applications,
    by_itself,
    cabinet,
    department,
    desk,
    helpers,
    joining,
    lists,
    moved,
    operator,
    outages,
    own_data,
    own_seats,
    reach,
    reminders,
    reviews,
    still_wanted,
    verification,
)
from bot.flows.notices.parts import Notice
from domain.notice import Told

NOTICES: Mapping[Told, Notice] = {
    **applications.NOTICES,
    **by_itself.NOTICES,
    **cabinet.NOTICES,
    **department.NOTICES,
    **desk.NOTICES,
    **helpers.NOTICES,
    **joining.NOTICES,
    **lists.NOTICES,
    **moved.NOTICES,
    **operator.NOTICES,
    **outages.NOTICES,
    **own_data.NOTICES,
    **own_seats.NOTICES,
    **reviews.NOTICES,
    **reminders.NOTICES,
    **reach.NOTICES,
    **still_wanted.NOTICES,
    **verification.NOTICES,
}
