import oci


class Backup:
    def __init__(self, session, options):
        self.client, self.bucket = session.client("object_storage", "ObjectStorageClient"), options["bucket"]

    def run(self, files):
        space = self.client.get_namespace().data
        for name, text in files.items():
            self.client.put_object(space, self.bucket, name, text.encode())
        listed = oci.pagination.list_call_get_all_results(self.client.list_objects, space, self.bucket, fields="name,size").data
        return {"space": space, "listed": [[one.name, one.size] for one in listed.objects], "read": self.client.get_object(space, self.bucket, "a.txt").data.content.decode()}
