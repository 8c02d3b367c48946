"""Pull: what others changed on the platform comes in, page by page, and never over work that was not yet sent.

* `pages` walks one type by time and knows what a page is; `round` walks all types and hands what is new to the desk.
* `receive` is the order that lands arrivals, each in a savepoint of its own; `known` is what the file says of them.
* `judge` decides where there are unsent edits: ours come back, nothing of ours was touched, or a conflict.
* `elements` compares bodies and names elements as a nurse would; `receipts` confirms what proves to be there.
* `naming` notes which files documents name, `fetching` fetches them behind everything else; `files_there` asks whether
  ours still stand there.
* `inventory` compares ids and versions, nightly and after any doubt; `aside` tries again what was put aside.

Decisions. A walk begins anew behind the last row of each page, since pages counted by offset skip rows that move; a
server's `next` link is taken only where one instant fills a page. The cursor moves with the last page, in the same
transaction, and never further than what was seen or 20 minutes before the server's own clock: rows appear late.
An order holds the writer for about 40 ms whatever it was given, and says how far it came.
"""

from app.sync.pull.receive import Receive, Received
from app.sync.pull.round import Pulled, pull

__all__ = ["Pulled", "Receive", "Received", "pull"]
