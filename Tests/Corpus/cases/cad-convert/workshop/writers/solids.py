import numpy as np
import trimesh


def solid(outline, thickness):
    xs, ys = zip(*outline[0])
    box = trimesh.creation.box((max(xs) - min(xs), max(ys) - min(ys), thickness))
    studs = [trimesh.creation.cylinder(radius=(max(x) - min(x)) / 2, height=thickness, sections=24,
                                       transform=trimesh.transformations.translation_matrix((np.mean(x[:-1]), np.mean(y[:-1]), thickness)))
             for x, y in (zip(*ring) for ring in outline[1:])]
    mesh = trimesh.util.concatenate([box, *studs])
    mesh.apply_translation(-mesh.bounds[0])
    return mesh


def facts(mesh):
    return {"faces": len(mesh.faces), "watertight": bool(mesh.is_watertight), "mm3": round(float(mesh.volume), 1),
            "hull": round(float(mesh.convex_hull.volume), 1), "inertia": round(float(np.trace(mesh.moment_inertia)), -3)}


def written(name):
    def write(document, outline, thickness, work):
        file = work / f"part.{name}"
        solid(outline, thickness).export(str(file))
        return facts(trimesh.load_mesh(str(file)))
    return write


to_stl, to_glb, to_obj, to_ply, to_off = (written(n) for n in ("stl", "glb", "obj", "ply", "off"))


def through_meshio(name):
    def write(document, outline, thickness, work):
        import meshio

        mesh = solid(outline, thickness)
        file = work / f"part.{name}"
        meshio.Mesh(mesh.vertices, [("triangle", mesh.faces)], cell_data={"area": [mesh.area_faces]}).write(file)
        back = meshio.read(file)
        return {"points": len(back.points), "cells": {c.type: len(c.data) for c in back.cells}, "data": sorted(back.cell_data)}
    return write
