import configparser


def read(path):
    parser = configparser.ConfigParser()
    parser.read(path)
    return [{"name": section, **parser[section]} for section in parser.sections()]
