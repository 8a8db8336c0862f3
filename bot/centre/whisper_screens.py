"""What a parent reads of a step that an operator has prepared: by whom, for which question, which answer."""

from bot.conversation.actions import action
from bot.conversation.reply import Button, Screen
from bot.texts import Texts

NAME, YES, NO = "whisper", "yes", "no"
_LONGEST_QUESTION = 300


def of_answer(t: Texts, whisper_id: int, question: str, answer: str) -> Screen:
    """An answer to the question that is open. Both are shown as they are."""
    first = t("An operator suggests an answer for you. Nothing is done without your yes.")
    return _screen(t, whisper_id, first, _asked(t, question), t("Answer: {answer}", answer=answer))


def of_press(t: Texts, whisper_id: int, question: str, label: str) -> Screen:
    """A button to be pressed."""
    first = t("An operator suggests a step for you. Nothing is done without your yes.")
    return _screen(t, whisper_id, first, _asked(t, question), t("Step: {label}", label=label))


def _screen(t: Texts, whisper_id: int, *said: str) -> Screen:
    rows = (
        (Button(t("Yes, that is right"), action(NAME, YES, whisper_id)),),
        (Button(t("No"), action(NAME, NO, whisper_id)),),
    )
    return Screen("\n\n".join(filter(None, said)), title=t("Operator"), rows=rows, fresh=True)


def _asked(t: Texts, question: str) -> str:
    """The beginning of what the bot has asked, if anything."""
    if len(question) > _LONGEST_QUESTION:
        question = f"{question[: _LONGEST_QUESTION - 1].rstrip()}…"
    return t("Question: {question}", question=question) if question else ""
