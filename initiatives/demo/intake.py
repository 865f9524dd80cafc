"""What reaches Harbourlight: a list of wishes waiting to be mapped, notes that initiatives quote."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from config.sheets.actions import hand_in
from config.sheets.kinds import kind_of
from initiatives.actions.notes import quote_note, write_note
from initiatives.demo.company import Line
from initiatives.models import Initiative

STALLS = (
    "We met eight stall owners at two weekly markets.\n\n"
    "The first sells vegetables: I close at six because tomorrow's money pays no stock tonight. "
    "She borrows from her brother twice a month.\n\n"
    "The second sells flowers and has no such trouble: her supplier waits until Friday.\n\n"
    "Six of eight look at their balance before they order. Nobody had seen the warning that the "
    "page shows; they use the phone, and there it is below the fold.\n\n"
    "Five of eight would pay a fee of one percent for money in the same evening."
)
CALLS = (
    "Calls to the service desk in October: 3 412.\n\n"
    "Every fifth call asks when a payout arrives. Every tenth asks about a fee on a receipt.\n\n"
    "Thirty-one calls came from shops whose float ran out during the day; twenty-six of them had "
    "not known before."
)
# Title of an initiative → words it is told by, which way they point, and in the words of the team.
QUOTES = (
    ("Warn before the float runs out", "stalls", "Nobody had seen the warning", "for",
     "The present warning is not seen on a phone."),
    ("Warn before the float runs out", "calls", "twenty-six of them had not known before", "for",
     "Most shops whose float ran out had no warning."),
    ("Warn before the float runs out", "stalls", "has no such trouble", "against",
     "Shops with patient suppliers need no warning."),
    ("Instant payout for known shops", "stalls",
     "I close at six because tomorrow's money pays no stock tonight", "for", ""),
    ("Clear fees on every receipt", "calls", "Every tenth asks about a fee on a receipt", "for", ""),
)  # fmt: skip
WISHES = (
    "Ticket,Problem,Who has it,Source,Business line,Deadline,Title\r\n"
    "SD-101,Guests ask for the receipt in their own language.,Guests in border towns,Customer service,Payments,,Receipts in three languages\r\n"
    "SD-102,The till shows yesterday's prices after a restart.,Shops with imported catalogues,Quality assurance,Payments,2027-02-15,Old prices after a restart\r\n"
    "SD-103,Owners cannot tell which payout belongs to which day.,Owners who check their books weekly,Customer service,Payments,,Name the day on each payout\r\n"
    "SD-104,Savers ask why a pot was emptied.,Savers with more than three pots,Customer services,Savings,,Say who emptied a pot\r\n"
    "SD-105,,Shops with two tills,Customer service,Payments,,Two tills at once\r\n"
    "SD-106,Loan offers end on a Sunday when nobody answers.,Owners with an offer,Growth,Lending,31.02.2027,Offers that end on a working day\r\n"
    "SD-107,Guests wait while the till looks for the network.,Markets without a good network,Growth,Payments,,Sell while the network is away\r\n"
)


def tell_intake(line: Line, service: Any) -> None:
    """Notes with their quotes, and a file handed in by the service desk."""
    today = timezone.localdate()
    notes = {
        "stalls": write_note(
            actor=line["growth"],
            title="Stall owners at two markets",
            text=STALLS,
            method="interview",
            kind="qualitative",
            origin="Interview series, autumn",
            sample=8,
            from_customers=True,
            collected_date=today - timedelta(days=24),
        ),
        "calls": write_note(
            actor=service,
            title="What people called about in October",
            text=CALLS,
            method="data",
            kind="quantitative",
            origin="Log of the service desk",
            sample=3412,
            from_customers=True,
            collected_date=today - timedelta(days=17),
            link="https://example.com/service-desk/october",
        ),
    }
    for title, note, words, points, finding in QUOTES:
        initiative = Initiative.objects.filter(title=title).first()
        if initiative is not None:
            quote_note(
                note=notes[note],
                initiative=initiative,
                actor=line["product_manager"],
                quote=words,
                points=points,
                finding=finding,
            )
    upload = SimpleUploadedFile("Wishes of the service desk.csv", WISHES.encode())
    hand_in(kind=kind_of("requests"), owner=line["product_manager"], upload=upload)
