import difflib

import mdformat


def review(content):
    wanted = mdformat.text(content, extensions={"gfm", "frontmatter"}, options={"number": True, "wrap": "keep"})
    lines, expected = content.splitlines(), wanted.splitlines()
    for tag, start, end, first, last in difflib.SequenceMatcher(None, lines, expected).get_opcodes():
        if tag != "equal":
            yield start + 1, f"{tag} with {expected[first:last]}"
