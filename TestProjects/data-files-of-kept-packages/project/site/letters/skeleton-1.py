template = {name}
