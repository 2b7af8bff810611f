// ---- Functions

const groups = {
  handler: "own", "top-level": "import", conditional: "import", parent: "import", "standard-library": "import",
  lazy: "lazy", "lazy-table": "lazy", called: "lazy", optional: "optional", orphan: "optional",
  "entry-point": "optional", requires: "optional", string: "guess", template: "guess", walk: "guess",
  "blind-spot": "guess", "native-name": "guess", dynamic: "guess", code: "guess", data: "data",
  metadata: "data", native: "data",
};
const groupNames = [
  ["own", "the handler"], ["import", "imported"], ["lazy", "imported later, by name"],
  ["optional", "optional, by declaration"], ["guess", "named by strings or at run time"],
  ["data", "data, metadata, native libraries"], ["config", "rules, configuration, pare"],
];
const groupOf = reason => groups[reason] || "config";
const own = "your code";

function tightest(f) {
  let best = null;
  for (const m of f.measures) {
    const share = m.bound ? m.bytes / m.bound : 0;
    if (!best || share > best.share) best = { ...m, share };
  }
  return best;
}
data.functions.forEach(f => {
  f.tight = tightest(f);
  f.saved = f.full > 0 ? Math.max(0, (f.full - f.unzipped) / f.full) : 0;
});
const byName = new Map(data.functions.map(f => [f.name, f]));
const changes = new Map((data.comparison ? data.comparison.functions : []).map(f => [f.name, f]));
const zippedChange = c => c ? ((c.after || {}).zipped || 0) - ((c.before || {}).zipped || 0) : 0;

// What a function's rows say, worked out when somebody looks at it. A row is eight numbers:
// module, from, reason, file, line, source, note, dominator.
function open(f) {
  if (f.opened) return f.opened;
  const nodes = new Map(), rows = data.rows;
  let id = 0;
  for (const step of f.rows) {
    id += step;
    const at = id * 8, module = data.modules[rows[at]];
    nodes.set(rows[at], {
      id: rows[at], name: module[0], kind: data.kinds[module[1]], dist: module[2],
      unzipped: module[3], zipped: module[4], from: rows[at + 1], reason: data.reasons[rows[at + 2]],
      file: rows[at + 3], line: rows[at + 4], source: rows[at + 5], note: rows[at + 6], dominator: rows[at + 7],
      retained: 0, retainedZipped: 0,
    });
  }
  retain(f, nodes);
  return f.opened = { nodes, tree: treeOf(f, nodes) };
}

// What leaves with a node: it and all that it dominates, or what the report says where that is more.
function retain(f, nodes) {
  for (const node of nodes.values()) {
    let left = nodes.size;
    for (let n = node; n && left; n = nodes.get(n.dominator), left--) {
      n.retained += node.unzipped; n.retainedZipped += node.zipped;
    }
  }
  for (const [id, retained, retainedZipped] of f.retained) Object.assign(nodes.get(id), { retained, retainedZipped });
}

// The steps from the handler to a node. What leads to a condition and on from it is one step; a
// proviso says nothing of its own.
function chain(nodes, target) {
  const path = [];
  for (let n = target; n && path.length < 5000; n = nodes.get(n.from)) path.push(n);
  path.reverse();
  const steps = [{ to: path[0], reason: path[0].from < 0 ? "handler" : path[0].reason, file: -1, line: 0, source: -1, note: -1 }];
  let cause = null;
  for (const node of path.slice(1)) {
    if (node.reason === "proviso") continue;
    const first = cause || node;
    if (node.kind === "condition") { cause = first; continue; }
    steps.push({ to: node, reason: first.reason, file: first.file, line: first.line, source: first.source,
      note: first.note, condition: cause ? nodes.get(node.from) : null });
    cause = null;
  }
  return steps;
}

// ---- The tree: distribution → package → module

function treeOf(f, nodes) {
  const root = { label: f.name, path: f.name, children: new Map(), unzipped: 0, zipped: 0, depth: 0 };
  function child(parent, label, full) {
    if (!parent.children.has(label)) {
      parent.children.set(label, { label, path: full, parent, children: new Map(), unzipped: 0, zipped: 0, depth: parent.depth + 1 });
    }
    return parent.children.get(label);
  }
  function add(leaf, unzipped, zipped) {
    for (let at = leaf; at; at = at.parent) { at.unzipped += unzipped; at.zipped += zipped; }
  }
  const shares = new Map(f.distributions.map(d => [d[0], d]));
  // A package's module before its data, which is of the same name.
  const order = [...nodes.values()].sort((a, b) => (a.kind === "data") - (b.kind === "data"));
  for (const node of order) {
    if (!node.unzipped && !node.zipped) continue;
    let at;
    if (node.dist < 0) at = child(root, own, own);
    else {
      const [name, version] = data.distributions[node.dist];
      at = child(root, name, name);
      at.version = version;
      at.share = shares.get(node.dist);
    }
    const isPath = ["data", "library", "metadata"].includes(node.kind);
    const parts = node.kind === "metadata" ? ["metadata"] : node.name.split(isPath ? "/" : ".");
    parts.forEach((part, index) => {
      at = child(at, part, parts.slice(0, index + 1).join(isPath ? "/" : "."));
    });
    if (at.node) at = child(at, "(" + node.kind + ")", node.name);
    at.node = node;
    add(at, node.unzipped, node.zipped);
  }
  for (const [path, unzipped, zipped, reason] of f.extra) {
    const leaf = child(child(root, own, own), path, path);
    leaf.reason = reason;
    add(leaf, unzipped, zipped);
  }
  (function settle(at) {
    at.children = [...at.children.values()];
    // A package's own file stands beside what is below it.
    if (at.node && at.children.length) {
      at.children.push({ label: at.node.kind === "data" ? "(files)" : "__init__", path: at.path, parent: at, children: [],
        unzipped: at.node.unzipped, zipped: at.node.zipped, depth: at.depth + 1, node: at.node });
    }
    at.children.forEach(c => { if (Array.isArray(c.children)) return; settle(c); });
    // `numpy` of numpy is no level of its own.
    const plain = name => name.toLowerCase().replace(/[-_.]+/g, "-");
    const same = at.depth === 1 && at.children.find(c => plain(c.label) === plain(at.label) && c.children.length);
    if (same) {
      at.children = at.children.filter(c => c !== same).concat(same.children);
      at.children.forEach(c => { c.parent = at; });
      at.main = same.node;
    }
    // One box in a box says nothing: `numpy` of numpy.
    if (at.children.length === 1 && at.depth > 0 && at.children[0].children.length) {
      const only = at.children[0];
      at.node = at.node || only.node;
      at.children = only.children;
      at.children.forEach(c => { c.parent = at; });
    }
  })(root);
  return root;
}

function leaves(at, list = []) {
  if (!at.children.length) list.push(at);
  else at.children.forEach(c => leaves(c, list));
  return list;
}
