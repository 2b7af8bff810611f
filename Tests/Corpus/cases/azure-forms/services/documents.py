from azure.ai.formrecognizer import DocumentAnalysisClient, DocumentModelAdministrationClient


def run(transport, key, identity, model, version, text):
    client = DocumentAnalysisClient("https://forms.example", key, api_version=version, transport=transport)
    poller = client.begin_analyze_document(model, text.encode(), polling_interval=0)
    result = poller.result()
    admin = DocumentModelAdministrationClient("https://forms.example", key, api_version=version, transport=transport)
    return {
        "model": result.model_id,
        "api": result.api_version,
        "documents": [{name: [field.value_type, str(field.value)] for name, field in document.fields.items()} for document in result.documents],
        "lines": [line.content for page in result.pages for line in page.lines],
        "models": [model.model_id for model in admin.list_document_models()],
        "again": sorted(type(result).from_dict(result.to_dict()).to_dict())[:4],
    }
