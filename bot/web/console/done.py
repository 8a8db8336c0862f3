"""What has just been done, said on the page that a form leads to."""

from collections.abc import Callable, Mapping

from bot.texts import Texts

DONE: Mapping[str, Callable[[Texts], str]] = {
    "signed-out": lambda t: t("You are signed out."),
    "session-over": lambda t: t("Please sign in again: your session is over."),
    "step-over": lambda t: t("Please start again with the password."),
    "password-changed": lambda t: t("The password is changed. All other sessions are over."),
    "session-ended": lambda t: t("The session is over."),
    "sessions-ended": lambda t: t("All other sessions are over."),
    "second-step-on": lambda t: t("The second step is on. It is asked for from now on."),
    "second-step-off": lambda t: t("The second step is off."),
    "unlocked": lambda t: t("Unlocked: the right password is good again."),
    "colleague-out": lambda t: t("All sessions of this person are over."),
    "new-start": lambda t: t(
        "A one-time password was made already, and was shown once. Whoever has not noted it makes another."
    ),
    "colleague-step-off": lambda t: t("The second step is off: the password alone is asked for."),
    "shut-out": lambda t: t("Shut out: nobody signs in with this login."),
    "let-in": lambda t: t("Let in again."),
    "reported": lambda t: t("The seats are reported."),
    "corrected": lambda t: t("The number of seats is corrected."),
    "recalled": lambda t: t("The seats are recalled. Whoever held one was told."),
    "activated": lambda t: t("Activated: the referral is issued, and the parents are told."),
    "declined": lambda t: t("Declined. The parents are told, and keep their date."),
    "signed": lambda t: t("The contract is signed: the child is enrolled, and the parents are told."),
    "refused": lambda t: t("Refused. The parents are told, and keep their date."),
    "absent": lambda t: t("It is noted that nobody came."),
    "left": lambda t: t("It is noted that the child leaves: its place in the group can be reported."),
    "extension-revoked": lambda t: t("The extension is revoked, and the parents are told."),
    "referral-revoked": lambda t: t("The referral is revoked. The parents are told, and keep their date."),
    "privilege-confirmed": lambda t: t("The privilege is confirmed, and the parents are told."),
    "privilege-refused": lambda t: t("The privilege is not confirmed, and the parents are told why."),
    "review-shown": lambda t: t("The review is shown from now on."),
    "answer-kept": lambda t: t("The answer is kept, and offered from now on."),
    "answer-retired": lambda t: t("The answer is not offered any more."),
    "assist-finished": lambda t: t("Finished. Nobody enters the family's cabinet from here any more."),
    "assist-over": lambda t: t("This help is over. To go on, begin anew and ask for another code."),
    "assist-elsewhere": lambda t: t("That place is not one of your territories. Please choose another."),
    "not-a-number": lambda t: t(
        "That was an IIN or a phone. Please look for it below: the form asks what for, and keeps it out of "
        "the address."
    ),
    "duty-begun": lambda t: t("You are on duty: questions are given to you."),
    "duty-ended": lambda t: t("You are off duty: no questions are given to you."),
    "review-refused": lambda t: t("The review is not shown."),
    "noted": lambda t: t("The note is kept."),
    "note-removed": lambda t: t("The note is deleted."),
    "labelled": lambda t: t("The label is on."),
    "label-taken": lambda t: t("The label is off."),
    "answered": lambda t: t("The answer is on its way."),
    "driving": lambda t: t("You talk in the bot's stead now. The parent is told."),
    "handed-back": lambda t: t("The bot answers again. The parent is told."),
    "suggested": lambda t: t("The step is prepared: the parent is asked for a yes or no."),
    "taken-back": lambda t: t("The prepared step is taken back."),
    "question-taken": lambda t: t("The question is yours."),
    "question-given-back": lambda t: t("The question is in the pool again."),
    "question-handed-over": lambda t: t("The question is handed over."),
    "question-closed": lambda t: t("The question is closed. The parent is asked whether we helped."),
}


def words_of_done(t: Texts, name: str) -> str:
    """The sentence; "" for what is none of ours."""
    return DONE[name](t) if name in DONE else ""
