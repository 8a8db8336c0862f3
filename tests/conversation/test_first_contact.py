"""The first contact: language, consent, territory, each once."""

from tests.conversation.person import Person


async def test_a_newcomer_gets_to_the_menu(newcomer: Person) -> None:
    await newcomer.says("/start")
    await newcomer.taps("English")
    await newcomer.taps("I agree")
    await newcomer.says("Turkistan")

    assert newcomer.labels == ("Check the queue", "Operator", "Settings")
    assert "Territory: Turkistan." in newcomer.sees
