"""One copy through several file systems, each opened by its URL."""
import io
import fs
import fs.copy
import fs.mirror
from fs.zipfs import ZipFS


def handler(event, context):
    told = {}
    with fs.open_fs("mem://") as memory, fs.open_fs("temp://work") as temporary:
        memory.makedirs("a/b")
        memory.writetext("a/b/c.txt", event["text"])
        fs.mirror.mirror(memory, temporary)
        told["tree"] = sorted(temporary.walk.files())
        path = temporary.getsyspath("/") + "x.zip"
        with fs.open_fs("zip://" + path, create=True) as archive:
            fs.copy.copy_fs(memory, archive)
        with fs.open_fs("zip://" + path) as archive:
            told["zip"] = archive.readtext("a/b/c.txt")
        tar = temporary.getsyspath("/") + "y.tar"
        with fs.open_fs("tar://" + tar, create=True) as archive:
            fs.copy.copy_fs(memory, archive)
        with fs.open_fs("tar://" + tar) as archive:
            told["tar"] = [m.path for m in archive.glob("**/*.txt")]
        told["osfs"] = type(fs.open_fs(temporary.getsyspath("/"))).__name__
    from fs.opener import registry
    told["protocols"] = sorted(registry.protocols)
    return told
