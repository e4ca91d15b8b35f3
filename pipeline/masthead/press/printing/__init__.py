"""Finished PDFs sent to print queues: a ticket, a printer, a journal, and the hand-over itself."""

from masthead.press.printing.handover import Order, Patience, check, follow, submit, waiting
from masthead.press.printing.journal import Entry, Journal, Stage
from masthead.press.printing.printers import Job, Printer
from masthead.press.printing.ticket import Ticket, Tickets

__all__ = [
    "Entry",
    "Job",
    "Journal",
    "Order",
    "Patience",
    "Printer",
    "Stage",
    "Ticket",
    "Tickets",
    "check",
    "follow",
    "submit",
    "waiting",
]
