import tally

app = tally.App()
