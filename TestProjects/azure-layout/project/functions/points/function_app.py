import tally

import rules

app = tally.App(rules.ALL)
