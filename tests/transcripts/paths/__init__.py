"""Every path that is written down."""

from tests.transcripts.paths.applying import APPLYING
from tests.transcripts.paths.cabinet import CABINET
from tests.transcripts.paths.family import FAMILY
from tests.transcripts.paths.first import FIRST
from tests.transcripts.paths.identity import IDENTITY
from tests.transcripts.paths.mine import MINE

PATHS = (*FIRST, *APPLYING, *MINE, *IDENTITY, *FAMILY, *CABINET)
