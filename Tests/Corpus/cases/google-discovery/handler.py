"""Google's discovery client: services by name and version, documents that the package brings."""

import json

from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import HttpMockSequence, MediaInMemoryUpload


def handler(event, context):
    answers = HttpMockSequence([
        ({"status": "200"}, json.dumps({"values": event["rows"]})),
        ({"status": "200"}, json.dumps({"files": [{"id": "1"}], "nextPageToken": "n"})),
        ({"status": "200"}, json.dumps({"files": [{"id": "2"}]})),
        ({"status": "404"}, json.dumps({"error": {"code": 404, "message": "no such calendar"}})),
    ])
    sheets = build("sheets", "v4", http=answers, static_discovery=True)
    values = sheets.spreadsheets().values().get(spreadsheetId="s", range="A1:B2").execute()
    drive = build("drive", "v3", credentials=AnonymousCredentials(), cache_discovery=False)
    files, request = [], drive.files().list(q="name contains 'a'", pageSize=1)
    while request is not None:
        page = request.execute(http=answers)
        files += [f["id"] for f in page["files"]]
        request = drive.files().list_next(request, page)
    upload = drive.files().create(body={"name": "n"}, media_body=MediaInMemoryUpload(b"x", "text/plain"))
    calendar = build("calendar", "v3", http=answers)
    try:
        calendar.events().list(calendarId="c").execute()
    except HttpError as error:
        missing = [error.status_code, error.reason]
    return {"values": values["values"], "files": files, "upload": upload.method, "missing": missing, "uri": upload.uri}
