import before_bytes
name = "ÿþ"
