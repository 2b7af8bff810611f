from azure.ai.textanalytics import TextAnalyticsClient


def run(transport, key, identity, version, texts):
    client = TextAnalyticsClient("https://text.example", key, api_version=version, transport=transport)
    found = client.detect_language(texts, country_hint="us")
    moods = client.analyze_sentiment(texts, language="en")
    return [[one.primary_language.iso6391_name, mood.sentiment, mood.confidence_scores.positive] if not one.is_error else one.error.code for one, mood in zip(found, moods)]
