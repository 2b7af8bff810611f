import json

import requests
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.campaign import Campaign
from facebook_business.api import FacebookAdsApi, FacebookSession
from facebook_business.exceptions import FacebookRequestError


class Wire(requests.adapters.BaseAdapter):
    calls = ()

    def send(self, request, **options):
        path = request.url.partition("?")[0].split("/", 4)[4]
        self.calls += ((request.method, path),)
        answers = {
            "act_1/campaigns": {"id": "77"} if request.method == "POST" else {"data": [{"id": "77", "name": "Spring", "effective_status": "ACTIVE"}, {"id": "78", "name": "Old"}]},
            "act_1/insights": {"data": [{"spend": "12.5", "actions": [{"action_type": "click", "value": "3"}]}]},
        }
        response = requests.Response()
        known = path in answers
        response.status_code, response.url, response.request = 200 if known else 400, request.url, request
        response._content = json.dumps(answers.get(path, {"error": {"code": 100, "type": "OAuthException", "message": "no such thing"}})).encode()
        return response

    def close(self):
        pass


def run(account, campaign):
    session, wire = FacebookSession("id", "secret", "token"), Wire()
    session.requests.mount("https://", wire)
    FacebookAdsApi.set_default_api(FacebookAdsApi(session))
    made = AdAccount(account).create_campaign(params={**campaign, "status": Campaign.Status.paused})
    listed = [one.export_all_data() for one in AdAccount(account).get_campaigns(fields=[Campaign.Field.name, Campaign.Field.effective_status])]
    spent = [dict(row) for row in AdAccount(account).get_insights(params={"date_preset": "yesterday"})]
    try:
        Campaign("404").api_get()
        problem = None
    except FacebookRequestError as error:
        problem = [error.http_status(), error.api_error_code()]
    return {"made": made.get_id(), "listed": listed, "spend": [row["spend"] for row in spent], "problem": problem, "calls": [list(call) for call in wire.calls]}
