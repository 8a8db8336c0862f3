"""Every path that is written down."""

from tests.transcripts.paths.applying import APPLYING
from tests.transcripts.paths.cabinet import CABINET
from tests.transcripts.paths.drafts import DRAFTS
from tests.transcripts.paths.family import FAMILY
from tests.transcripts.paths.first import FIRST
from tests.transcripts.paths.identity import IDENTITY
from tests.transcripts.paths.kindergartens import KINDERGARTENS
from tests.transcripts.paths.mine import MINE
from tests.transcripts.paths.seats import SEATS
from tests.transcripts.paths.slips import SLIPS
from tests.transcripts.paths.verification import VERIFICATION

PATHS = (
    *FIRST,
    *APPLYING,
    *SLIPS,
    *DRAFTS,
    *MINE,
    *SEATS,
    *IDENTITY,
    *FAMILY,
    *VERIFICATION,
    *CABINET,
    *KINDERGARTENS,
)
