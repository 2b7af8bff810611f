import shared_by_libs

NAME = "libs"
