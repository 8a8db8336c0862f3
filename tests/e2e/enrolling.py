"""From a place in the queue to a signed contract: a parent's taps, whatever the messenger, and the desk's."""

from bot.demo.families import Parent
from bot.texts import Texts
from tests.e2e.demo_process import Demo
from tests.e2e.joining import Somebody
from tests.e2e.staff import Clerk

HOUSE = '"Амина" балабақшасы'
GROUP = "Солнце"


async def looks_at_amina(person: Somebody, t: Texts) -> None:
    """From the menu to the free places that fit the child, and to the one bulletin that they are."""
    await person.taps(t("Free places"))
    await person.sees(f"{HOUSE} · {GROUP}")
    await person.taps("1. Амина")
    await person.sees(t("What can be done now"))


async def signs_in(person: Somebody, demo: Demo, t: Texts, parent: Parent, number: int) -> None:
    """From the menu, with the number of the application, the own IIN and the code that comes."""
    await person.taps(t("Check the queue"))
    await person.says(str(number))
    await person.taps(t("This is my child"))
    told = len(await demo.sms_to(parent.phones[0]))
    await person.says(parent.iin.digits)
    await person.says(await demo.code_for(parent.phones[0], after=told))
    await person.taps(t("More…"))


async def holds_a_seat(person: Somebody, t: Texts) -> None:
    """One tap."""
    await person.taps(t("Take a seat"))
    await person.sees(t("A seat is held"))


async def is_enrolled(person: Somebody, secretary: Clerk, demo: Demo, t: Texts, referrals: str) -> None:
    """A held seat is confirmed at 16:23, activated if it has to be, and signed for at 16:25."""
    await demo.is_at("2019-06-26T16:23")
    await person.taps(t("Confirm"))
    if referrals == "activated":
        await person.sees(t("Confirmed, and sent."))
        await activates(secretary)
        await person.taps(t("My referrals"))
    else:
        await person.sees(t("Confirmed. Here is your referral."))
    await person.sees(t("Issued {moment}", moment=t.moment(demo.instant("2019-06-26T16:23"))))
    await person.sees(t("Valid through {date}, to the end of that day", date="03.07.2019"))

    await demo.is_at("2019-06-26T16:25")
    await signs_the_contract(secretary, demo.newcomers("worked_case").children[0].digits)
    await person.taps(t("Show the application"))
    await person.sees(t("{kindergarten}, group: {group}", kindergarten=HOUSE, group=GROUP))
    await person.sees(t("enrolled: {kindergarten}, {date}", kindergarten=HOUSE, date="26.06.2019"))


async def activates(secretary: Clerk) -> None:
    """The one application that was sent."""
    await secretary.goes_to("Applications")
    await secretary.chooses(GROUP)
    await secretary.presses("Activate")
    await secretary.sees("Activated: the referral is issued, and the parents are told.")


async def signs_the_contract(secretary: Clerk, child: str) -> None:
    """Of the child whose IIN the parent shows."""
    await secretary.goes_to("Referrals")
    await secretary.fills("Find a referral", child)
    await secretary.presses("Find")
    await secretary.fills("The contract starts on", "2019-06-27")
    await secretary.presses("Contract signed")
    await secretary.sees("The contract is signed: the child is enrolled, and the parents are told.")
    await secretary.sees("26.06.2019\u00a016:25")


async def reports_anew(secretary: Clerk) -> str:
    """Recalls what is free and reports it once more: so it comes out today. The new bulletin's id."""
    await secretary.goes_to("Groups")
    await secretary.chooses(GROUP)
    await secretary.chooses("20.06.2019")
    await secretary.opens("Recall seats")
    await secretary.fills("Reason, for the parents", "Тізімде қате кетті")
    await secretary.presses("Recall")
    await secretary.sees("The seats are recalled. Whoever held one was told.")
    await secretary.goes_to("Groups")
    await secretary.chooses(GROUP)
    await secretary.fills("Free seats", "22")
    await secretary.presses("Report")
    await secretary.sees("The seats are reported.")
    return secretary.page.url.partition("?")[0].rpartition("/")[2]
