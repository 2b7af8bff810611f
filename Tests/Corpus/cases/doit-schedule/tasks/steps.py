def compile_(ran, name): ran.append(name)
def link(ran): ran.append("link")
