"""Neighbouring systems behind narrow ports: the state register, SMS."""
