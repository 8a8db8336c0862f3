"""One referral: whose it is; signed, refused, or nobody came; the child left; what the department revokes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from aiohttp import web

from bot.department import referrals as department
from bot.desk import contracts
from bot.flows.staff_entry import Audited
from bot.web.console.acting import Deed, Done, act
from bot.web.console.fields import FieldFault, FieldWrong, a_year_after, require_day
from bot.web.console.leavings import leavings
from bot.web.console.looks import open_application
from bot.web.console.page import ROOT, Page
from bot.web.console.papers import Paper, papers_of
from bot.web.console.people_words import full_name
from bot.web.console.permission import May, allows
from bot.web.console.trouble import Trouble, trouble_of
from bot.web.console.visit import Visit
from domain.enrolment import Leaving
from domain.errors import Refused
from domain.local_time import local_date
from domain.referral import ReferralEnd
from storage.desk import extended, people
from storage.desk.extended import Supported
from storage.desk.people import ChildCard, ParentCard
from storage.seats import claims, leaving, referrals
from storage.seats.referrals import Issued
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class _Known:
    issued: Issued
    child: ChildCard
    parents: tuple[ParentCard, ...]
    now: datetime
    today: date
    extension: Supported | None
    papers: tuple[Paper, ...]
    absent: bool
    left_on: date | None

    @property
    def is_valid(self) -> bool:
        """Whether a contract can be signed by it now."""
        return self.issued.referral.is_valid(self.now)

    @property
    def end(self) -> ReferralEnd | None:
        """How it was over."""
        over = self.issued.referral.over(self.now)
        return None if over is None else over[0]


async def one(visit: Visit, trouble: Trouble | None = None, form: str = "") -> web.Response:
    """A referral, whose it is, and what can be done; `form` is the one that the trouble is about."""
    known = await visit.write(partial(_known, visit))
    return visit.page(
        "referral",
        trouble=trouble,
        form=form,
        known=known,
        ends=ReferralEnd,
        leavings=leavings(visit.t),
        signs=allows(May.SIGN_CONTRACTS, visit.who.role),
        revokes=_may_revoke(visit),
        full_name=full_name,
    )


async def sign(visit: Visit) -> web.Response:
    """The contract is signed."""
    return await _done(visit, "sign", lambda: partial(_sign, visit, visit.form.day("starts_on")))


async def refuse(visit: Visit) -> web.Response:
    """No contract is signed."""
    return await _done(visit, "refuse", lambda: partial(_refuse, visit, visit.reason))


async def absent(visit: Visit) -> web.Response:
    """Nobody came."""
    return await _done(visit, "absent", lambda: partial(_absent, visit))


async def left(visit: Visit) -> web.Response:
    """The child leaves the kindergarten."""
    return await _done(visit, "left", lambda: partial(_left, visit, visit.form.day("left_on"), _why(visit)))


async def revoke_extension(visit: Visit) -> web.Response:
    """Take the extension back."""
    return await _done(visit, "revoke-extension", lambda: partial(_revoke_extension, visit, visit.reason))


async def revoke(visit: Visit) -> web.Response:
    """Take the whole referral back."""
    return await _done(visit, "revoke", lambda: partial(_revoke, visit, visit.reason))


async def _done(visit: Visit, form: str, deed: Callable[[], Deed]) -> web.Response:
    try:
        await act(visit, deed())
    except (Refused, FieldWrong) as error:
        return await one(visit, trouble_of(visit.t, error), form)


def _why(visit: Visit) -> Leaving:
    try:
        return Leaving(visit.form.raw("why"))
    except ValueError:
        raise FieldWrong("why", FieldFault.MISSING) from None


def _sign(visit: Visit, starts_on: date, tx: Transaction) -> Done:
    issued = _found(visit, tx)
    today = local_date(tx.now)
    require_day("starts_on", starts_on, min(today, issued.released_on), a_year_after(today))
    return _leads_back(issued, contracts.sign(tx, visit.officer, issued, starts_on), "signed")


def _refuse(visit: Visit, reason: str, tx: Transaction) -> Done:
    issued = _found(visit, tx)
    return _leads_back(issued, contracts.refuse(tx, visit.officer, issued, reason), "refused")


def _absent(visit: Visit, tx: Transaction) -> Done:
    issued = _found(visit, tx)
    return _leads_back(issued, contracts.did_not_come(tx, visit.officer, issued), "absent")


def _left(visit: Visit, last_day: date, why: Leaving, tx: Transaction) -> Done:
    issued = _found(visit, tx)
    signed_at, today = issued.contract_at, local_date(tx.now)
    first = today if signed_at is None else local_date(signed_at)
    require_day("left_on", last_day, first, a_year_after(today))
    return _leads_back(issued, contracts.left(tx, visit.officer, issued, last_day, why), "left")


def _revoke(visit: Visit, reason: str, tx: Transaction) -> Done:
    issued = _found(visit, tx)
    return _leads_back(issued, department.revoke(tx, visit.officer, issued, reason), "referral-revoked")


def _revoke_extension(visit: Visit, reason: str, tx: Transaction) -> Done:
    issued = _found(visit, tx)
    return _leads_back(
        issued, department.revoke_extension(tx, visit.officer, issued, reason), "extension-revoked"
    )


def _leads_back(issued: Issued, audited: Audited, done: str) -> Done:
    return Done(audited, f"{ROOT}referrals/{issued.id}?done={done}")


def _known(visit: Visit, tx: Transaction) -> _Known:
    issued = _found(visit, tx)
    application = open_application(visit, tx, issued.application_id)
    child, parents = people.child_card(tx, issued.child_id), people.parent_cards(tx, application)
    # What supports it is the department's business alone.
    extension = extended.newest(tx, issued.id) if _may_revoke(visit) else None
    papers = papers_of(visit, extension.documents) if extension is not None else []
    return _Known(
        issued=issued,
        child=child,
        parents=tuple(parents),
        now=tx.now,
        today=local_date(tx.now),
        extension=extension,
        papers=tuple(papers),
        absent=contracts.is_noted(claims.find(tx, issued.claim_id)),
        left_on=leaving.left_on(tx, issued.claim_id),
    )


def _may_revoke(visit: Visit) -> bool:
    return allows(May.REVOKE_REFERRALS, visit.who.role)


def _found(visit: Visit, tx: Transaction) -> Issued:
    issued = referrals.find(tx, visit.id("referral"))
    if issued is None or issued.kindergarten_id not in visit.reach(tx).kindergartens:
        raise web.HTTPNotFound
    return issued


PAGES = (
    Page("GET", "referrals/{referral}", one, May.SEE_REFERRALS),
    Page("POST", "referrals/{referral}/sign", sign, May.SIGN_CONTRACTS),
    Page("POST", "referrals/{referral}/refuse", refuse, May.SIGN_CONTRACTS),
    Page("POST", "referrals/{referral}/absent", absent, May.SIGN_CONTRACTS),
    Page("POST", "referrals/{referral}/left", left, May.SIGN_CONTRACTS),
    Page("POST", "referrals/{referral}/revoke-extension", revoke_extension, May.REVOKE_REFERRALS),
    Page("POST", "referrals/{referral}/revoke", revoke, May.REVOKE_REFERRALS),
)
