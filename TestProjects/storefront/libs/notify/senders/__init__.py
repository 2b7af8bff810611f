"""One module per channel, each with `send(to, subject, text)`."""
