def main(req):
    return "closed"
