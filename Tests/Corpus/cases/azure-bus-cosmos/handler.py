"""More of Azure: messages over AMQP, Cosmos, Key Vault, tables, none of them reached."""

from azure.core.credentials import AccessToken, AzureNamedKeyCredential
from azure.cosmos import CosmosClient, PartitionKey
from azure.data.tables import TableServiceClient, UpdateMode
from azure.keyvault.secrets import SecretClient, SecretProperties
from azure.servicebus import ServiceBusClient, ServiceBusMessage


class Token:
    def get_token(self, *scopes, **kwargs):
        return AccessToken("t", 2**31)


def handler(event, context):
    message = ServiceBusMessage(event["body"], application_properties={"kind": "a"}, subject="s")
    bus = ServiceBusClient.from_connection_string(
        "Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=a2V5")
    tables = TableServiceClient("https://shop.table.core.windows.net", credential=AzureNamedKeyCredential("shop", "a2V5"))
    secrets = SecretClient("https://shop.vault.azure.net", credential=Token())
    try:
        CosmosClient("https://127.0.0.1:1", credential="a2V5", connection_timeout=1, retry_total=0)
        cosmos = "connected"
    except Exception as error:
        cosmos = type(error).__module__.partition(".")[0]
    return {"body": str(message), "namespace": bus.fully_qualified_namespace, "table": tables.get_table_client("orders").table_name,
            "vault": secrets.vault_url, "cosmos": cosmos, "key": PartitionKey("/id")["paths"], "mode": UpdateMode.MERGE.value,
            "properties": SecretProperties(vault_id="https://shop.vault.azure.net/secrets/a/1").name}
