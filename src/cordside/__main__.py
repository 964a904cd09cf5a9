"""`python -m cordside` is `cordside`."""

import sys

from cordside.cli.main import main

sys.exit(main())
