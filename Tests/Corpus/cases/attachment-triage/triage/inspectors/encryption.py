import io


def findings(name, content, password):
    import msoffcrypto

    file = msoffcrypto.OfficeFile(io.BytesIO(content))
    if not file.is_encrypted():
        return
    yield 2, f"encrypted {type(file).__name__}"
    if password:
        try:
            file.load_key(password=password, verify_password=True)
        except msoffcrypto.exceptions.InvalidKeyError:
            yield 3, "the password is wrong"
            return
        plain = io.BytesIO()
        file.decrypt(plain)
        from . import links

        yield from links.findings(name, plain.getvalue(), None)
