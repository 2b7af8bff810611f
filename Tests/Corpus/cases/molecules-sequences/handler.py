"""Molecules and sequences of a laboratory: descriptors, drawings, alignments, trees."""

import io

import numpy as np
from Bio import Align, Phylo, SeqIO
from Bio.Align import substitution_matrices
from Bio.Data import CodonTable
from Bio.PDB import PDBParser
from Bio.Phylo.TreeConstruction import DistanceCalculator, DistanceTreeConstructor
from Bio.Restriction import EcoRI, RestrictionBatch
from Bio.Seq import Seq
from Bio.SeqRecord import SeqRecord
from Bio.SeqUtils import MeltingTemp, gc_fraction
from Bio.SeqUtils.ProtParam import ProteinAnalysis
from rdkit import Chem, DataStructs, RDLogger
from rdkit.Chem import AllChem, Crippen, Descriptors, Draw, FilterCatalog, Lipinski, rdFingerprintGenerator
from rdkit.Chem.MolStandardize import rdMolStandardize
from rdkit.Chem.Scaffolds import MurckoScaffold

RDLogger.DisableLog("rdApp.*")
PDB = "ATOM      1  N   ALA A   1      11.104   6.134  -6.504  1.00  0.00           N\nATOM      2  CA  ALA A   1      11.639   6.071  -5.147  1.00  0.00           C\nEND\n"


def chemistry(smiles):
    molecules = {name: Chem.MolFromSmiles(text) for name, text in smiles.items()}
    good = {name: m for name, m in molecules.items() if m}
    prints = [rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=1024).GetFingerprint(m) for m in good.values()]
    solid = Chem.AddHs(good["theanine"])
    placed = AllChem.EmbedMolecule(solid, randomSeed=7)
    AllChem.MMFFOptimizeMolecule(solid)
    alerts = FilterCatalog.FilterCatalog(FilterCatalog.FilterCatalogParams(FilterCatalog.FilterCatalogParams.FilterCatalogs.PAINS))
    caffeine = good["caffeine"]
    drawer = Draw.rdMolDraw2D.MolDraw2DSVG(200, 150)
    drawer.DrawMolecule(caffeine)
    drawer.FinishDrawing()
    reaction = AllChem.ReactionFromSmarts("[C:1](=[O:2])[OH].[N!H0:3]>>[C:1](=[O:2])[N:3]")
    amide = reaction.RunReactants((Chem.MolFromSmiles("CC(=O)O"), Chem.MolFromSmiles("NC")))[0][0]
    return {
        "failed": sorted(set(molecules) - set(good)), "canonical": [Chem.MolToSmiles(m) for m in good.values()], "weights": [round(Descriptors.MolWt(m), 2) for m in good.values()],
        "logp": round(Crippen.MolLogP(caffeine), 2), "donors": Lipinski.NumHDonors(good["theanine"]), "qed": round(Descriptors.qed(caffeine), 2), "similar": round(DataStructs.TanimotoSimilarity(*prints), 2),
        "solid": [placed, solid.GetNumConformers()], "pains": alerts.HasMatch(caffeine), "svg": drawer.GetDrawingText().count("<path") > 10, "png": Draw.MolToImage(caffeine, size=(80, 80)).size,
        "key": Chem.MolToInchiKey(caffeine), "amide": Chem.MolToSmiles(amide), "scaffold": MurckoScaffold.MurckoScaffoldSmiles(mol=caffeine), "stereo": Chem.FindMolChiralCenters(good["theanine"]),
        "parent": Chem.MolToSmiles(rdMolStandardize.FragmentParent(Chem.MolFromSmiles("CC(=O)[O-].[Na+]"))),
    }


def biology(dna):
    record = SeqRecord(Seq(dna), id="s1", description="tea", annotations={"molecule_type": "DNA"})
    genbank = record.format("genbank")
    back = SeqIO.read(io.StringIO(genbank), "genbank")
    aligner = Align.PairwiseAligner(substitution_matrix=substitution_matrices.load("BLOSUM62"), open_gap_score=-10, extend_gap_score=-0.5)
    protein = record.seq.translate(to_stop=True)
    best = aligner.align(protein, "MAIVMGK")[0]
    rows = Align.MultipleSeqAlignment([SeqRecord(Seq(s), id=i) for i, s in (("a", "ACTGCT"), ("b", "ACTGCA"), ("c", "AGGGCA"))])
    tree = DistanceTreeConstructor().nj(DistanceCalculator("identity").get_distance(rows))
    newick = io.StringIO()
    Phylo.write(tree, newick, "newick")
    atoms = list(PDBParser(QUIET=True).get_structure("x", io.StringIO(PDB)).get_atoms())
    return {
        "protein": str(protein), "table": CodonTable.unambiguous_dna_by_id[2].forward_table["ATA"], "gc": round(gc_fraction(record.seq), 3), "melting": round(MeltingTemp.Tm_NN(record.seq), 1),
        "genbank": [str(back.seq) == dna, back.id], "aligned": [best.score, str(best).split()[2]], "tree": [t.name for t in tree.get_terminals()], "newick": newick.getvalue().startswith("("), "atoms": [a.element for a in atoms],
        "distance": round(float(atoms[0] - atoms[1]), 2), "sites": [str(s) for s in RestrictionBatch([EcoRI]).search(Seq("GGGAATTCCC"))[EcoRI]], "point": round(ProteinAnalysis("MAIVMGR").isoelectric_point(), 1), "array": int(np.sum(np.array(rows) == "A")),
    }


def handler(event, context):
    return {"chemistry": chemistry(event["smiles"]), "biology": biology(event["dna"])}
