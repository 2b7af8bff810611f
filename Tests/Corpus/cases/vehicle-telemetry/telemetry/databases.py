"""All the databases of a folder as one."""

import cantools


class Databases:
    def __init__(self, dbs):
        self.dbs = dbs

    def __getattr__(self, name):
        def first(key, *rest):
            for db in self.dbs:
                try:
                    return getattr(db, name)(key, *rest)
                except KeyError:
                    continue
            raise KeyError(key)

        return first


def load(folder):
    return Databases([cantools.database.load_file(str(path)) for path in sorted(folder.iterdir())])
