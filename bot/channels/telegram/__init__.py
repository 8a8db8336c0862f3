"""Telegram. Methods are called over plain HTTP; aiogram, slow to import, only sets the bot up."""
