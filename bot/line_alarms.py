"""Who waits too long for an operator is an alarm: noted for the console, told to whoever reads the logs."""

from functools import partial

import structlog

from storage.centre import silent
from storage.transaction import Transaction

log = structlog.get_logger("contact_centre")


def notice(tx: Transaction, limit: int) -> int:
    """Note some alarms, each once; how many."""
    late = silent.notice_late(tx, limit)
    for each in late:
        waited = round((tx.now - each.waits_since).total_seconds())
        told = partial(log.warning, "somebody waits for an operator", request=each.request_id)
        tx.after_commit(partial(told, territory=each.territory_id, seconds=waited))
    return len(late)
