"""The audit in words: what was done, and what it was about."""

from collections.abc import Callable, Mapping

from bot.texts import Texts

Words = dict[str, Callable[[Texts], str]]

_SIGNING_IN: Words = {
    "signed_in": lambda t: t("signed in to the console"),
    "signed_out": lambda t: t("signed out of the console"),
    "sign_in_locked": lambda t: t("was locked out after wrong passwords"),
    "password_changed": lambda t: t("changed the own password"),
    "session_ended": lambda t: t("ended a session of the own"),
    "sessions_ended": lambda t: t("ended the sessions of a login"),
    "second_step_begun": lambda t: t("began to set up the second step"),
    "second_step_on": lambda t: t("turned the second step on"),
    "second_step_off": lambda t: t("turned a second step off"),
    "unlocked": lambda t: t("unlocked a login"),
    "new_start": lambda t: t("gave a login a one-time password"),
    "shut_out": lambda t: t("shut out a login"),
    "let_in_again": lambda t: t("let a login in again"),
    "audit_exported": lambda t: t("took the audit out as a file"),
}
_KINDERGARTEN: Words = {
    "seats_reported": lambda t: t("reported seats"),
    "seats_corrected": lambda t: t("corrected reported seats"),
    "seats_recalled": lambda t: t("recalled seats"),
    "activated": lambda t: t("activated an application"),
    "declined": lambda t: t("declined an application"),
    "signed": lambda t: t("signed a contract"),
    "refused": lambda t: t("refused a referral"),
    "did_not_come": lambda t: t("noted that nobody came"),
    "child_left": lambda t: t("noted that a child leaves"),
}
_DEPARTMENT: Words = {
    "document_seen": lambda t: t("saw an identity document"),
    "guardian_seen": lambda t: t("saw who the guardian is"),
    "privilege_confirmed": lambda t: t("confirmed a privilege"),
    "privilege_refused": lambda t: t("did not confirm a privilege"),
    "task_closed": lambda t: t("closed a task"),
    "extension_revoked": lambda t: t("revoked an extension"),
    "referral_revoked": lambda t: t("revoked a referral"),
    "review_shown": lambda t: t("let a review pass"),
    "review_refused": lambda t: t("did not let a review pass"),
    "let_in": lambda t: t("let somebody into the cabinet by a document"),
}
_CENTRE: Words = {
    "looked": lambda t: t("looked at data of a family"),
    "revealed": lambda t: t("had a hidden number shown"),
    "searched": lambda t: t("searched by IIN or phone"),
    "answered": lambda t: t("answered in a chat"),
    "drove": lambda t: t("took over a chat from the bot"),
    "handed_back": lambda t: t("gave a chat back to the bot"),
    "suggested": lambda t: t("prepared a step for a parent"),
    "suggestion_taken_back": lambda t: t("took a prepared step back"),
    "question_taken": lambda t: t("took a question"),
    "question_given_back": lambda t: t("gave a question back"),
    "question_handed_over": lambda t: t("handed a question over"),
    "question_closed": lambda t: t("closed a question"),
    "duty_begun": lambda t: t("went on duty"),
    "duty_ended": lambda t: t("went off duty"),
    "note_written": lambda t: t("wrote a note"),
    "note_removed": lambda t: t("deleted a note"),
    "label_put": lambda t: t("put a label on"),
    "label_taken": lambda t: t("took a label off"),
    "answer_written": lambda t: t("wrote a ready answer"),
    "answer_changed": lambda t: t("changed a ready answer"),
    "answer_retired": lambda t: t("took a ready answer away"),
    "assist_began": lambda t: t("began to help by telephone"),
    "assist_consent": lambda t: t("was agreed to by the family, by a code"),
    "assist_finished": lambda t: t("ended the help by telephone"),
}
_BY_ITSELF: Words = {
    "referral_moved": lambda t: t("moved the end of a referral: days off"),
    "suspension_moved": lambda t: t("moved the end of a stop-list: days off"),
    "outage_prolonged": lambda t: t("gave time back after an outage"),
}
WHAT: Words = _SIGNING_IN | _KINDERGARTEN | _DEPARTMENT | _CENTRE | _BY_ITSELF
ABOUT: Words = {
    "application": lambda t: t("Application"),
    "bulletin": lambda t: t("Bulletin"),
    "child": lambda t: t("Child"),
    "claim": lambda t: t("Seat of a family"),
    "conversation": lambda t: t("Chat"),
    "outage": lambda t: t("Outage"),
    "parent": lambda t: t("Parent"),
    "privilege": lambda t: t("Privilege"),
    "ready_answer": lambda t: t("Ready answer"),
    "referral": lambda t: t("Referral"),
    "review": lambda t: t("Review"),
    "staff": lambda t: t("Login"),
    "suspension": lambda t: t("Stop-list"),
    "task": lambda t: t("Task"),
}


def what_in_words(t: Texts, what: str) -> str:
    """What was done; the bare name of what an older version has written."""
    return WHAT[what](t) if what in WHAT else what


def about_in_words(t: Texts, about: str | None, names: Mapping[str, str]) -> str:
    """What it was about: the kind, with the number or the name that people know, else a part of the id."""
    if about is None:
        return ""
    kind, _, number = about.partition(":")
    word = ABOUT[kind](t) if kind in ABOUT else kind
    if kind == "conversation":
        return f"{word} №\N{NO-BREAK SPACE}{number[-4:]}"  # as in the list of chats
    known = names.get(about)
    return f"{word} {known}" if known else f"{word} …{number[-6:]}"
