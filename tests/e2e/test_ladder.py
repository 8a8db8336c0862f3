"""The demo's clock is moved day by day past a referral: each parent is told as chosen, at the minute."""

from bot.demo.families import Parent
from bot.texts import Texts, texts_in
from tests.e2e.demo_process import WORKED_CASE, Demo, running_demo
from tests.e2e.enrolling import signs_in
from tests.e2e.joining import gets_to_the_menu
from tests.e2e.socket_person import SocketPerson, on_the_page

KK, RU, EN = texts_in("kk"), texts_in("ru"), texts_in("en")
MAILBOX = "aidar@pochta.example"
LADDER = ["2019-07-01T10:00", "2019-07-02T19:00", "2019-07-03T08:00", "2019-07-03T16:00"]
ENDS_SOON = "Referral № {referral} ends soon. Its last day is {day}."
ENDS_TODAY = "Today, {day}, is the last day of referral № {referral}."


async def test_both_parents_are_reminded_as_each_has_chosen_by_the_page_sms_and_letters() -> None:
    async with (
        running_demo(WORKED_CASE, "--referrals", "instant") as demo,
        on_the_page(demo.url, "kk") as father,
        on_the_page(demo.url, "ru") as mother,
    ):
        family, (entry, *_) = demo.family("two_parents")
        his, hers = family.parents
        await comes(mother, demo, RU, hers, entry.number)
        await mother.presses("notices:way:sms")
        await comes(father, demo, KK, his, entry.number)
        referral = await takes_a_seat(father)

        await goes_by(
            demo, "2019-06-27", "2019-06-28", "2019-06-29", "2019-06-30", "2019-07-01", "2019-07-02"
        )
        await chooses_letters(father, demo)
        await goes_by(demo, "2019-07-03")

        by_sms, letters = await demo.sms_with_minutes(hers.phones[0]), await demo.letters_to(MAILBOX)
        assert told(father.heard_with_minutes, KK, referral) == LADDER[:2]
        assert told(letters, EN, referral) == LADDER[2:]
        assert told(by_sms, RU, referral) == LADDER
        assert told(mother.heard_with_minutes, RU, referral) == []


async def comes(person: SocketPerson, demo: Demo, t: Texts, parent: Parent, number: int) -> None:
    """The first contact, into the cabinet, and news in this language."""
    await person.says("/start")
    await gets_to_the_menu(person, t)
    await signs_in(person, demo, t, parent, number)
    await person.presses(f"notices:language:{t.language}")


async def takes_a_seat(father: SocketPerson) -> int:
    """One that is open to everyone; the number of its referral."""
    await father.presses("menu")
    await father.taps(KK("Free places"))
    await father.taps("Амина")
    await father.taps(KK("Take a seat"))
    await father.taps(KK("Confirm"))
    await father.sees(KK("Confirmed. Here is your referral."))
    before, after = KK("Referral № {number}", number="⁂").split("⁂")
    said = next(each["title"] for each in reversed(father.heard) if before in each.get("title", ""))
    return int(said.partition(before)[2].partition(after or "\n")[0])


async def goes_by(demo: Demo, *days: str) -> None:
    """Each of these days, to its evening."""
    for day in days:
        await demo.is_at(f"{day}T20:00")


async def chooses_letters(father: SocketPerson, demo: Demo) -> None:
    """In English, to an address that a code shows to be his."""
    await father.presses("notices:language:en")
    await father.presses("notices:way:email")
    await father.says(MAILBOX)
    await father.says(await demo.code_mailed_to(MAILBOX))
    await father.sees(KK("Saved."))


def told(sent: list[tuple[str, str]], t: Texts, referral: int) -> list[str]:
    """When a reminder went out, of messages with their minutes."""
    words = [t(each, referral=referral, day="03.07.2019") for each in (ENDS_SOON, ENDS_TODAY)]
    return [at for at, text in sent if any(each in text for each in words)]
