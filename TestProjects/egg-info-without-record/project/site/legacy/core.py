NAME = "legacy"
