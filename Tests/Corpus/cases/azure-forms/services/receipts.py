from azure.ai.formrecognizer import FormRecognizerClient


def run(transport, key, identity, version, text):
    client = FormRecognizerClient("https://forms.example", key, api_version=version, transport=transport)
    forms = client.begin_recognize_receipts(text.encode(), content_type="application/pdf", polling_interval=0).result()
    return [{name: [field.value_type, field.value] for name, field in form.fields.items()} for form in forms]
