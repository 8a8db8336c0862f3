"""The profile: what is kept of a parent, and what of it can be changed by hand."""

import pytest
from sqlalchemy import select

from domain.identity_document import IdentityDocument
from storage import people, profiles
from storage.people import RegisterWords
from storage.profiles import Profile
from storage.tables import message
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.made_up import ALDABEKOVS
from tests.conversation.person import Person
from tests.conversation.plays import OUTDATED, WHO, code_mailed_to, is_confirmed, signs_in

ADDRESS = "Type your home address: street, house, flat."
LOGGED = select(message.c.text)
EMAIL = "Type your e-mail address. It is used for notices only."
BY_REGISTER = "Name and birth date are from the state register; they can't be changed by hand."


async def profile_of(house: House) -> Profile:
    """The father's profile as it is kept."""
    return await house.write(lambda tx: profiles.read(tx, house.world.parent_of(ALDABEKOVS)))  # type: ignore[no-any-return]


async def is_verified(house: House) -> None:
    """The register has confirmed the father."""
    words = RegisterWords.from_data(ALDABEKOVS.parent.to_data())
    me = house.world.parent_of(ALDABEKOVS)
    await house.write(lambda tx: people.take_from_register(tx, me, words, tx.now))


async def opens(person: Person) -> None:
    """Choose it in the cabinet."""
    await person.says("/settings")
    await person.taps("My cabinet")
    await person.taps("Profile")


async def test_everything_that_is_kept_is_shown(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await is_verified(house)

    await opens(person)

    me, t = ALDABEKOVS.parent, person.t
    contact, second = ALDABEKOVS.phones
    assert person.sees.splitlines()[2:] == [
        t("Surname: {text}", text=me.surname),
        t("Given name: {text}", text=me.name),
        t("Patronymic: {text}", text="–"),
        t("Born: {date}", date="17.05.1992"),
        t("Sex: male"),
        t("IIN: {iin}", iin=me.iin.masked),
        t("Contact phone: {phone}", phone=contact.masked),
        t("Second phone: {phone}", phone=second.masked),
        t("Address: {text}", text=me.address),
        t("E-mail: {text}", text=t("none yet")),
        t("Photo: none yet"),
        t("How you are told: {way}", way=t("here in the messenger")),
        t("Language of notices: {language}", language="Қазақша"),
        "",
        t(BY_REGISTER),
        t("Nationality is not asked here."),
    ]
    assert t("Name") not in person.labels


async def test_numbers_are_masked(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    await opens(parent)

    assert ALDABEKOVS.parent.iin.digits not in parent.sees
    assert ALDABEKOVS.phones[0].e164[2:] not in parent.sees


async def test_of_one_without_an_iin_the_document_is_shown(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)
    document = IdentityDocument("N12345678")

    def known(tx: Transaction) -> int:
        return people.parent_for(tx, document, at=tx.now, language="ru", notice_way="sms")

    await house.changes_contact(person, parent_id=await house.write(known))
    await opens(person)

    assert person.reads("Document: {number}", number=document.masked)
    assert person.reads("Contact phone: {phone}", phone=person.t("none yet"))
    assert person.reads("How you are told: {way}", way=person.t("by SMS"))


async def test_the_profile_is_for_the_signed_in(parent: Person) -> None:
    for action in ("profile", "change:photo", "change:address", "change:email", "change:name"):
        await parent.presses(action)
        assert parent.reads(WHO), action


@pytest.mark.parametrize("action", ["change", "change:sex", "change:iin", "change:address:1"])
async def test_nothing_else_can_be_changed(house: House, parent: Person, action: str) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)

    await parent.presses(action)

    assert parent.reads(OUTDATED)


async def test_the_address_is_changed(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)
    await person.taps("Address")
    assert person.reads(ADDRESS)
    await person.says("Абай  көшесі, 5-үй")

    assert person.reads("Saved.")
    assert person.reads("Address: {text}", text="Абай көшесі, 5-үй")
    assert (await profile_of(house)).address == "Абай көшесі, 5-үй"
    await person.presses("journal")
    assert person.reads("Profile: the address was changed")


async def test_a_typed_address_outlives_the_registers(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("Address")
    await parent.says("Абай көшесі, 5-үй")

    await parent.presses("signout")
    await signs_in(house, parent, ALDABEKOVS)

    assert (await profile_of(house)).address == "Абай көшесі, 5-үй"


@pytest.mark.parametrize(
    ("which", "typed", "said"),
    [
        (
            "Address",
            "Абай",
            "Please type the address in words: street, house, flat; from 5 to 200 characters.",
        ),
        ("E-mail", "saken.pochta.kz", "An e-mail address has one @ in it, as in name@mail.kz."),
        (
            "E-mail",
            "sаken@pochta.kz",
            "Only Latin letters stand in an e-mail address: a letter of yours is a Cyrillic one.",
        ),
        ("E-mail", "sa ken@pochta.kz", "There is a space in this e-mail address. Please type it without."),
        ("E-mail", "saken@pochta", "After the @ there is a name with a dot in it, as in name@mail.kz."),
        ("E-mail", "x" * 65 + "@pochta.kz", "This is too long for an e-mail address."),
        (
            "E-mail",
            "sa..ken@pochta.kz",
            "This can't be an e-mail address. Please look at its dots and signs.",
        ),
        (
            "Name",
            "Сәкен",
            "Please type the surname, the given name and the patronymic, in letters and in this order.",
        ),
    ],
)
async def test_what_can_not_be_right_is_explained_and_asked_again(
    house: House, parent: Person, which: str, typed: str, said: str
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps(which)
    asked = parent.sees

    await parent.says(typed)

    assert parent.reads(said)
    assert parent.sees.endswith(asked.partition("\n\n")[2])


async def test_an_email_is_kept_and_taken_out_again(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)
    await opens(person)
    await person.taps("E-mail")
    assert person.reads(EMAIL)
    await person.says("Saken@Pochta.Example")
    await person.says(await code_mailed_to(house, person, "Saken@pochta.example"))
    assert person.reads("E-mail: {text}", text="Saken@pochta.example")

    await person.taps("E-mail")
    assert person.reads("Now: {text}", text="Saken@pochta.example")
    await person.taps("Take it out")

    assert person.reads("Taken out.")
    assert (await profile_of(house)).email == ""


async def test_who_takes_the_email_out_is_told_in_the_messenger_again(house: House, parent: Person) -> None:
    me = house.world.parent_of(ALDABEKOVS)

    def by_mail(tx: Transaction) -> None:
        profiles.set_contact(tx, me, "email", "saken@pochta.example")
        profiles.set_notices(tx, me, way="email", language="ru")

    await house.write(by_mail)
    await is_confirmed(house, parent, ALDABEKOVS)

    await opens(parent)
    await parent.taps("E-mail")
    await parent.taps("Take it out")

    kept = await profile_of(house)
    assert (kept.notice_way, kept.language) == ("messenger", "ru")


async def test_a_button_that_is_no_answer_is_explained(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("Address")

    await parent.presses("answer:address:typed:forged")

    assert parent.reads("Please type it.")
    assert (await profile_of(house)).address == ""


async def test_a_name_is_typed_while_the_register_has_not_said_it(
    house: House, kind: str, language: str
) -> None:
    person = await house.acquaintance(kind, language)
    await is_confirmed(house, person, ALDABEKOVS)

    await opens(person)
    assert person.reads("The state register has not confirmed the name yet.")
    await person.taps("Name")
    await person.says("алдабеков сәкен ерланұлы")

    kept = await profile_of(house)
    assert (kept.surname, kept.name, kept.patronymic) == ("Алдабеков", "Сәкен", "Ерланұлы")
    assert person.reads("Surname: {text}", text="Алдабеков")


async def test_a_name_that_the_register_says_meanwhile_stays(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("Name")
    await is_verified(house)

    await parent.says("Басқа Адам")

    assert parent.reads(
        "The state register has confirmed the name meanwhile. If it is wrong, ask the operator."
    )
    assert (await profile_of(house)).surname == ALDABEKOVS.parent.surname


async def test_a_button_for_the_name_is_of_no_use_once_the_register_has_said_it(
    house: House, parent: Person
) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await is_verified(house)

    await parent.presses("change:name")

    assert parent.reads(
        "The state register has confirmed the name meanwhile. If it is wrong, ask the operator."
    )


async def test_who_finds_a_mistake_comes_to_the_operator(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)

    await parent.taps("There is a mistake")

    assert parent.reads("Operator")


async def test_what_is_typed_and_shown_stands_nowhere_in_the_log(house: House, parent: Person) -> None:
    await is_confirmed(house, parent, ALDABEKOVS)
    await opens(parent)
    await parent.taps("Address")
    await parent.says("Керекемес көшесі, 77-үй")

    logged = await house.write(lambda tx: [row for (row,) in tx.conn.execute(LOGGED)])

    assert [text for text in logged if "Керекемес" in text or "77-үй" in text] == []
