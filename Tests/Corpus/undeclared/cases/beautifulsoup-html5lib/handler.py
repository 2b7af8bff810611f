import bs4

FEATURES = "html5lib"


def handler(event, context):
    soup = bs4.BeautifulSoup(event["page"], features=FEATURES)
    return {"tags": [tag.name for tag in soup.find_all(True)], "body": soup.body.decode_contents()}
