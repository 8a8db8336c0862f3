"""First priority comes from the state register by itself [000], and goes when the register takes it back."""

from collections.abc import Iterable, Sequence

from bot.privilege_answers import pass_on
from domain.errors import NoPolicyInForce
from domain.policy_terms import PrivilegeRule, Proof
from storage import policies, privilege_changes, privileges
from storage.applications import Application
from storage.transaction import Transaction


def follow(tx: Transaction, live: Iterable[Application], codes: Sequence[str]) -> None:
    """Bring the privileges of a child's applications to what the register says of the child.

    One that the parent has dropped is left alone. Nothing moves to the correctional queue by itself:
    special needs are a class of whichever queue the application is in.
    """
    for application in live:
        # Of one that was claimed more than once the newest claim counts.
        known = {each.code: each for each in privileges.of_application(tx, application.id)}
        for claimed in known.values():
            if claimed.privilege.rule.proof is Proof.REGISTER:
                pass_on(tx, privilege_changes.answer(tx, claimed.id, confirmed=claimed.code in codes))
        for rule in _of_register(tx, application):
            if rule.code in codes and rule.code not in known:
                pass_on(tx, privilege_changes.claim(tx, application.id, rule, confirmed=True))


def _of_register(tx: Transaction, application: Application) -> list[PrivilegeRule]:
    """The privileges of the application's territory that the register proves."""
    try:
        policy = policies.in_force(tx, application.territory_id, tx.now)
    except NoPolicyInForce:
        return []
    return [rule for rule in policy.privileges if rule.proof is Proof.REGISTER]
