"""What the demo's front page proposes to do: join the queue, guard the cabinet, do something wrong."""

from bot.demo.city import DemoCity
from bot.demo.newcomers import FREE_PHONES
from bot.texts import Texts
from bot.web.demo_guide import GuideRow, GuideSection
from domain.iin import Iin

PASSWORD = "балабақша-2019"


def to_join(t: Texts, city: DemoCity) -> GuideSection:
    """Families that have not applied yet, and phones for them."""
    rows = [
        GuideRow(parent.digits, _newcomer(t, key, position), _digits(family.children))
        for key, family in city.plan.newcomers.items()
        for position, parent in enumerate(family.parents)
    ]
    two = tuple(phone.e164 for phone in FREE_PHONES[:2])
    what = t("Two phones that nobody has yet; any other Kazakh mobile number will do, too")
    rows.append(GuideRow(two[0], what, two[1:]))
    note = t(
        "Parents' IINs, each with those of the children. The codes come by SMS: look under “What would have "
        "been sent”. Any photo or PDF will do for a document."
    )
    return GuideSection(t("Join the queue"), tuple(rows), note)


def around_the_cabinet(t: Texts, city: DemoCity) -> GuideSection:
    """What can be done to a cabinet, and what another one can't do."""
    known = city.plan.families[0].parents[0]
    rows = (
        GuideRow(
            FREE_PHONES[2].e164,
            t("A new contact phone: both numbers are told, and for 72 hours the old one can undo it"),
        ),
        GuideRow(PASSWORD, t("A password: the cabinet then locks by itself after a quarter of an hour")),
        GuideRow(
            known.iin.digits,
            t("Somebody else's IIN: join the queue with it and a phone of your own, and nothing opens"),
        ),
    )
    note = t("For a parent who is signed in, in the menu: Settings, then My cabinet.")
    return GuideSection(t("Around the cabinet"), rows, note)


def wrong_on_purpose(t: Texts, city: DemoCity) -> GuideSection:
    """What is refused, each for a reason of its own."""
    father, *_ = city.plan.newcomers["worked_case"].parents
    child = city.plan.newcomers["worked_case"].children[0].digits
    rows = (
        GuideRow(child[:11] + str((int(child[11]) + 1) % 10), t("The last digit is wrong")),
        GuideRow(f"{child[:2]}13{child[4:]}", t("There is no thirteenth month")),
        GuideRow(f"{child[:6]}9{child[7:]}", t("The seventh digit says neither sex nor century")),
        GuideRow(city.plan.too_old.digits, t("A child who is too old for a kindergarten")),
        GuideRow(father.digits, t("A grown-up, where a child's IIN is asked for")),
    )
    return GuideSection(t("Wrong on purpose"), rows)


def _digits(iins: tuple[Iin, ...]) -> tuple[str, ...]:
    return tuple(iin.digits for iin in iins)


def _newcomer(t: Texts, key: str, position: int) -> str:
    match key:
        case "worked_case" if position == 0:
            return t("A father who has not applied yet, and his daughter")
        case "worked_case":
            return t("Her mother: once he has applied, she is joined as the second parent")
        case "large_family":
            return t("Large family: the register confirms the privilege by itself")
        case "twins":
            return t("Twins: after the first the second takes a few taps")
        case "special_needs":
            return t("A child with special needs: you are asked which queue is better")
        case "not_in_register":
            return t("The state register does not know them: the names are typed")
        case "answered_later":
            return t(
                "The register answers about them from the next day on: type any names, then move the clock"
            )
    raise KeyError(key)
