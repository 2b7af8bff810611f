import importlib.util
import os
import sys


class Board:
    def __init__(self, name, pages_folder: str = "pages", assets_folder: str = "assets"):
        root = os.path.dirname(sys.modules[name].__file__)
        self.pages_folder = os.path.join(root, pages_folder)
        self.assets_folder = os.path.join(root, assets_folder)

    def pages(self):
        for path in os.listdir(self.pages_folder):
            path = os.path.join(self.pages_folder, path)
            spec = importlib.util.spec_from_file_location("page", path)
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
