import oci
from oci.util import to_dict


class Inventory:
    def __init__(self, session, options):
        self.client, self.compartment = session.client("core", "ComputeClient"), options["compartment"]

    def run(self, state):
        found = self.client.list_instances(self.compartment, lifecycle_state=state).data
        details = oci.core.models.LaunchInstanceDetails(shape="VM.Standard.E4.Flex", source_details=oci.core.models.InstanceSourceViaImageDetails(image_id="ocid1.image.oc1..x"))
        return [[one.display_name, one.shape_config.ocpus, type(one.source_details).__name__, one.time_created.isoformat(), str(one.launch_options.boot_volume_type)] for one in found] + [to_dict(details)["source_details"]["source_type"]]


class Alarm:
    def __init__(self, session, options):
        self.client, self.topic = session.client("ons", "NotificationDataPlaneClient"), options["topic"]

    def run(self, text):
        return self.client.publish_message(self.topic, oci.ons.models.MessageDetails(title="night", body=text)).data.message_id
