import toolbox
from toolbox import Hammer, nails

def handler(event, context):
    return {"hammer": Hammer().hit(), "nails": nails.COUNT, "saw": toolbox.saw(), "box": toolbox.box.SIZE, "dir": dir(toolbox)}
