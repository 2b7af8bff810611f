from oletools import rtfobj


def findings(name, content, password):
    parser = rtfobj.RtfObjParser(content)
    parser.parse()
    for found in parser.objects:
        if found.is_package:
            yield 6, f"package {found.filename} from {found.src_path}"
        elif found.is_ole:
            yield 3, f"object {found.class_name!r} {found.format_id}"
        else:
            yield 1, "not an object"
