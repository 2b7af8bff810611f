import openstack.exceptions


def check(found):
    said = []
    for server in found.get("servers", []):
        if "owner" not in server["labels"]:
            said.append(f"server {server['name']} has no owner")
    for volume in found.get("volumes", []):
        if not volume["encrypted"]:
            said.append(f"volume {volume['id']} is not encrypted")
    for group in found.get("networks", {}).get("groups", []):
        said += [f"group {group['name']} opens {port}" for port in group["open"]]
    return said


def remedy(cloud, found):
    done = []
    for volume in found.get("volumes", []):
        if not volume["attached"]:
            try:
                cloud.block_storage.delete_volume(volume["id"], ignore_missing=False)
                done.append(["deleted", volume["id"]])
            except openstack.exceptions.NotFoundException as error:
                done.append(["missing", volume["id"], error.status_code])
    return done
