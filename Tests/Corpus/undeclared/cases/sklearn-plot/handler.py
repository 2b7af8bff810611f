import io

from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score


def handler(event, context):
    display = ConfusionMatrixDisplay.from_predictions(event["truth"], event["predicted"])
    buffer = io.BytesIO()
    display.figure_.savefig(buffer, format="png")
    return {
        "accuracy": accuracy_score(event["truth"], event["predicted"]),
        "matrix": display.confusion_matrix.tolist(),
        "png": buffer.getvalue()[1:4].decode(),
    }
