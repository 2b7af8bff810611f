class Moods:
    def __init__(self, session, options):
        self.client = session.client("ai_language", "AIServiceLanguageClient")

    def run(self, texts):
        from oci.ai_language import models

        details = models.BatchDetectLanguageSentimentsDetails(documents=[models.TextDocument(key=str(n), text=text, language_code="en") for n, text in enumerate(texts)])
        answer = self.client.batch_detect_language_sentiments(details, level=["SENTENCE"]).data
        return [[one.key, one.document_sentiment, one.sentences[0].scores] for one in answer.documents]
