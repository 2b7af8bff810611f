import os


def page(root):
    return open(os.path.join(root, "notes", "templates", "page.html")).read()
