from board import Board

app = Board(__name__)


def handler(event, context):
    return app.pages()
