"""Documents of referrals: the PDF a referral left with is kept as it was, and goes to the platform beside the record.

covering  what a document was drawn of, and whether that still is what was sent
keeping   a drawn document is kept: the next revision of the referral's one document; a sending that is struck has none
asking    whose document is still owed, and the one of a referral with where it is

Decisions. *The act never waits for the paper*: a referral is sent first, and its document is drawn and kept after that
by whoever is at the desk (`app.printing.referral_keeping` draws). What is missing follows from what is there
(`OwedDocuments`): a program that dies in between has lost nothing. *One document a referral*: a later one is its next
revision, so that whoever refers to it finds the newest. *What left is kept*, not what may be drawn today: of a draft
there is none.
"""

from app.referrals.documents.asking import DocumentOf, DocumentRow, OwedDocuments
from app.referrals.documents.covering import Covers, document_rid
from app.referrals.documents.keeping import KeepDocument

__all__ = ["Covers", "DocumentOf", "DocumentRow", "KeepDocument", "OwedDocuments", "document_rid"]
