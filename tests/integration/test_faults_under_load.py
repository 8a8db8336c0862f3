"""Hundreds of messages through channels that fail all the time: each arrives, in its order, under one name."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from aiohttp import web

from bot.channels.mail.letter import Letters
from bot.channels.mail.links import LetterLinks
from bot.channels.mail.send import MailSender
from bot.channels.mail.server import MailServer
from bot.channels.mail.smtp import Smtp
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.send import TelegramSender
from bot.conversation.port import Sender
from bot.conversation.reply import Letter, Outgoing
from bot.notifiers.delivery import Delivery
from bot.notifiers.gate import State
from bot.ports.http_sms import HttpSms
from storage.database import Database
from storage.transaction import Transaction
from tests.fakes import bot_api_faults as faults
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.bot_api_faults import Fault
from tests.fakes.mail_server import TAKEN, FakeMailServer, serving
from tests.fakes.sms_gateway import SmsGateway
from tests.integration.delivering import say, until

EACH_OF_TEN = (faults.SERVER_ERROR, faults.SILENCE, faults.HANG_UP, faults.GARBAGE)
"""Each of these meets one call in ten."""
CHATS, OF_EACH = 50, 6
PHONES, SMS_OF_EACH = 30, 4
MAILBOXES, LETTERS_OF_EACH = 20, 3
DEAD_FROM, DEAD_CALLS = 100, 20
SHORT, LONG = timedelta(milliseconds=40), timedelta(milliseconds=150)
