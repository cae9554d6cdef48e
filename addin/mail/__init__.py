"""Sends a marked markbook to colleagues.

In comes a book, out go a message with a copy fit to travel, a draft or a delivery, and a log.
"""
