from bs4 import BeautifulSoup


def handler(event, context):
    soup = BeautifulSoup(event["page"], "lxml")
    for script in soup.select("script"):
        script.decompose()
    return {
        "title": soup.title.get_text(strip=True),
        "links": [a["href"] for a in soup.select("a[href^=http]")],
        "text": soup.body.get_text(" ", strip=True),
    }
