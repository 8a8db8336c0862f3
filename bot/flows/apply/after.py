"""What a parent sees when the application is in: number and place, and what happens next."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Row, Screen
from bot.conversation.session import Draft
from bot.conversation.turn import Turn
from bot.flows import check
from bot.flows.apply import child_checks
from bot.flows.apply.draft import NAME, parent_key, rules
from bot.flows.apply.submit import Registered, is_unverified
from domain.identity_document import IdentityDocument
from domain.iin import Iin


def registered(turn: Turn, draft: Draft, now_in: Registered) -> Screen:
    """Number and place at once [000: within 15 minutes], and the steps that follow."""
    t = turn.t
    lines = [t("Your application number: {number}", number=now_in.number)]
    if now_in.place is not None:
        lines.append(t("Place in the queue: {place}", place=now_in.place))
    else:
        lines.append(t("The child is on the stop-list for now; its time is not shortened by applying again."))
    lines += _unverified(turn, draft)
    lines += ["", t("What happens next:"), *_next_steps(turn, draft)]
    rows: list[Row] = [(Button(t("Show the application"), action("own", now_in.application_id)),)]
    twin = _twin(turn, draft)
    if twin:
        rows.append((Button(t("Also for the twin"), action(NAME, "again", now_in.application_id)),))
    else:
        rows.append((Button(t("For another child"), action(NAME, "again", now_in.application_id)),))
    rows.append((Button(t("Menu"), action("menu")),))
    return Screen("\n".join(lines), title=t("You are in the queue"), rows=tuple(rows), fresh=True)


def _unverified(turn: Turn, draft: Draft) -> list[str]:
    """Whose word is still to come: the register's or, about a parent without an IIN, the department's."""
    t = turn.t
    if isinstance(parent_key(turn, draft), IdentityDocument):
        return [
            t(
                "The education department will look at your identity document and then confirm your data; "
                "the application counts meanwhile."
            )
        ]
    if is_unverified(turn, draft):
        return [t("Your data will be compared with the state register later; the application counts.")]
    return []


def _next_steps(turn: Turn, draft: Draft) -> list[str]:
    t, policy = turn.t, rules(turn, draft)
    return [
        t(
            "1. Free places come out at {time}. You can look at them at any time.",
            time=f"{policy.publish_at:%H:%M}",
        ),
        t("2. When your turn comes, I will tell you and you choose a kindergarten."),
        t("3. With the referral and the child's documents you go there and sign the contract."),
        t("The place can move forward and back: children with privileges go ahead."),
    ]


def _twin(turn: Turn, draft: Draft) -> bool:
    """Whether another child of the same birth date is known who is not in this queue."""
    born = Iin(draft["child"]).birth_date
    alike = [iin for iin in map(Iin, child_checks.known_children(turn, draft)) if iin.birth_date == born]
    return any(child_checks.my_live(turn, draft, iin) is None for iin in alike)


def joined(turn: Turn, _draft: Draft) -> Screen:
    """The application of the other parent is followed from here on."""
    return check.start(turn, ()).with_note(turn.t("You are joined as the second parent."))
