import importlib
from concurrent import futures

import grpc
from google.ads.googleads.client import GoogleAdsClient
from google.ads.googleads.errors import GoogleAdsException
from google.auth.credentials import AnonymousCredentials
from google.protobuf.json_format import MessageToDict


def types(version, service):
    return importlib.import_module(f"google.ads.googleads.{version}.services.types.{service}")


def server(version):
    search, budgets = types(version, "google_ads_service"), types(version, "campaign_budget_service")

    def stream(request, context):
        if "SELECT" not in request.query:
            errors = importlib.import_module(f"google.ads.googleads.{version}.errors.types.errors")
            failure = errors.GoogleAdsFailure(errors=[{"message": "bad query", "error_code": {"query_error": "BAD_FIELD_NAME"}}])
            context.set_trailing_metadata(((f"google.ads.googleads.{version}.errors.googleadsfailure-bin", errors.GoogleAdsFailure.serialize(failure)), ("request-id", "r1")))
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "bad query")
        yield search.SearchGoogleAdsStreamResponse(results=[
            {"campaign": {"id": n, "name": f"Campaign {n}", "status": "ENABLED"}, "metrics": {"clicks": 10 * n, "cost_micros": 1500000 * n}} for n in (1, 2)
        ])

    def mutate(request, context):
        return budgets.MutateCampaignBudgetsResponse(results=[{"resource_name": f"customers/{request.customer_id}/campaignBudgets/{op.create.amount_micros}"} for op in request.operations])

    prefix = f"google.ads.googleads.{version}.services"
    made = grpc.server(futures.ThreadPoolExecutor(2))
    made.add_generic_rpc_handlers([
        grpc.method_handlers_generic_handler(f"{prefix}.GoogleAdsService", {"SearchStream": grpc.unary_stream_rpc_method_handler(
            stream, search.SearchGoogleAdsStreamRequest.deserialize, search.SearchGoogleAdsStreamResponse.serialize)}),
        grpc.method_handlers_generic_handler(f"{prefix}.CampaignBudgetService", {"MutateCampaignBudgets": grpc.unary_unary_rpc_method_handler(
            mutate, budgets.MutateCampaignBudgetsRequest.deserialize, budgets.MutateCampaignBudgetsResponse.serialize)}),
    ])
    port = made.add_insecure_port("127.0.0.1:0")
    made.start()
    return made, port


class LocalClient(GoogleAdsClient):
    port = 0

    def get_service(self, name, version=None, interceptors=None):
        version = version or self.version
        real = super().get_service(name, version=version)
        transport = type(real).get_transport_class("grpc")
        intercepted = grpc.intercept_channel(grpc.insecure_channel(f"127.0.0.1:{self.port}"), *self.interceptors(version))
        return type(real)(transport=transport(channel=intercepted))

    def interceptors(self, version):
        from google.ads.googleads.interceptors import ExceptionInterceptor, LoggingInterceptor, MetadataInterceptor
        import logging

        return [MetadataInterceptor(self.developer_token, self.login_customer_id, self.linked_customer_id),
                LoggingInterceptor(logging.getLogger("ads"), version, "local"), ExceptionInterceptor(version, use_proto_plus=self.use_proto_plus)]


def client(port, version):
    made = LocalClient(AnonymousCredentials(), developer_token="x" * 22, login_customer_id="1234567890", version=version, use_proto_plus=True)
    made.port = port
    return made


def report(client, customer, query):
    rows = []
    for batch in client.get_service("GoogleAdsService").search_stream(customer_id=customer, query=query):
        for row in batch.results:
            rows.append([row.campaign.id, row.campaign.name, row.campaign.status.name, row.metrics.clicks, row.metrics.cost_micros / 1e6])
    return rows


def change(client, customer, budget):
    operation = client.get_type("CampaignBudgetOperation")
    operation.create.name = budget["name"]
    operation.create.amount_micros = budget["euros"] * 1_000_000
    operation.create.delivery_method = client.enums.BudgetDeliveryMethodEnum.STANDARD
    answer = client.get_service("CampaignBudgetService").mutate_campaign_budgets(customer_id=customer, operations=[operation])
    return [result.resource_name for result in answer.results]


def refused(client, customer):
    try:
        return report(client, customer, "DELETE everything")
    except GoogleAdsException as error:
        return [[one.message, one.error_code.query_error.name] for one in error.failure.errors] + [error.request_id]


def describe(version):
    client = GoogleAdsClient(AnonymousCredentials(), developer_token="x" * 22, version=version, use_proto_plus=True)
    ad = client.get_type("ResponsiveSearchAdInfo")
    asset = client.get_type("AdTextAsset")
    asset.text = "Buy now"
    asset.pinned_field = client.enums.ServedAssetFieldTypeEnum.HEADLINE_1
    ad.headlines.append(asset)
    criterion = client.get_type("KeywordInfo")
    criterion.match_type = client.enums.KeywordMatchTypeEnum.EXACT
    return [version, MessageToDict(type(ad).pb(ad)), criterion.match_type.name, client.get_service("CampaignService").campaign_path("1", "2")]
