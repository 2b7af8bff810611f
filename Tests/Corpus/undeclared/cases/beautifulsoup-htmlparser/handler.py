from bs4 import BeautifulSoup


def handler(event, context):
    soup = BeautifulSoup(event["page"], "html.parser")
    prices = {row["data-sku"]: float(row.find("b").string) for row in soup.find_all("li")}
    return {"prices": prices, "cheapest": min(prices, key=prices.get)}
