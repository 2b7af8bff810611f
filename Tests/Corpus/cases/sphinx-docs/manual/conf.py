project = "Tea"
extensions = ["sphinx.ext.autodoc", "sphinx.ext.mathjax", "sphinx.ext.napoleon"]
html_theme = "alabaster"
import sys, pathlib
sys.path.insert(0, str(pathlib.Path(__file__).parent))
