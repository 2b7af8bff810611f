from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.storage import StorageManagementClient


def run(transport, key, identity, subscription, group):
    client = StorageManagementClient(identity, subscription, transport=transport)
    listed = [[account.name, account.sku.name, account.location, account.creation_time.isoformat()] for account in client.storage_accounts.list_by_resource_group(group)]
    try:
        client.storage_accounts.get_properties(group, "lost")
        problem = None
    except ResourceNotFoundError as error:
        problem = error.error.code
    return {"accounts": listed, "problem": problem, "keys": [key["keyName"] for key in client.storage_accounts.list_keys(group, "media").as_dict()["keys"]]}
