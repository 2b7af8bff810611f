// ---- One function

const mapState = { weight: "zipped", at: null, selected: null, query: "" };
function functionView(f) {
  const { nodes, tree } = open(f);
  mapState.at = tree; mapState.selected = null; mapState.query = "";
  const map = el("div", { class: "map", id: "map", role: "group", "aria-label": "Treemap of " + f.name + ": arrow keys move, Enter opens, Escape goes up" });
  const crumbs = el("div", { class: "crumbs" });
  const panel = el("aside", { class: "panel", id: "panel", "aria-live": "polite" });
  const hits = el("ul", { class: "hits", hidden: "" });
  let boxes = [];

  function matches(leaf, query) {
    return leaf.path.toLowerCase().includes(query) || (leaf.node && leaf.node.name.toLowerCase().includes(query));
  }

  function draw(focus) {
    const weight = mapState.weight, query = mapState.query.toLowerCase();
    const width = map.clientWidth, height = map.clientHeight;
    boxes = [];
    const made = document.createDocumentFragment();
    function box(item, x, y, w, h, level) {
      if (w < 2 || h < 2) return;
      const isGroup = item.children.length > 0 && level < 4 && w > 34 && h > 30 && w * h > 2600;
      const reason = reasonOf(item);
      const element = el("div", {
        class: "box " + (isGroup ? "group" + (level ? " deep" : "") : "leaf " + groupOf(reason)),
        role: "button", tabindex: "-1", "aria-pressed": String(item === mapState.selected),
        "aria-label": item.label + ", " + size(item[weight]) + (item.children.length ? ", opens" : ""), title: item.path + "  " + size(item[weight]),
      });
      if (w > 30 && h > 13) {
        element.append(item.label);
        if (w > 96) element.append(el("small", {}, size(item[weight])));
      }
      // Parts of the map, which has another size on paper.
      Object.assign(element.style, { left: 100 * x / width + "%", top: 100 * y / height + "%", width: 100 * w / width + "%", height: 100 * h / height + "%" });
      if (query && !isGroup && (matches(item, query) || leaves(item).some(l => matches(l, query)))) element.classList.add("hit");
      element.item = item;
      boxes.push(element);
      made.append(element);
      if (isGroup) squarify(item.children, x + 2, y + 17, w - 4, h - 19, weight, (c, a, b, d, e) => box(c, a, b, d, e, level + 1));
    }
    const list = mapState.at.children.length ? mapState.at.children : [mapState.at];
    squarify(list, 0, 0, width, height, weight, (item, x, y, w, h) => box(item, x, y, w, h, 0));
    map.replaceChildren(made);
    map.classList.toggle("searching", query !== "");
    const current = boxes.find(b => b.item === mapState.selected) || boxes[0];
    if (current) current.tabIndex = 0;
    if (focus && current) current.focus();
    const trail = [];
    for (let at = mapState.at; at; at = at.parent) trail.unshift(at);
    crumbs.replaceChildren(...trail.flatMap((at, index) => [
      index ? el("span", { "aria-hidden": "true" }, "›") : null,
      at === mapState.at ? el("span", { "aria-current": "true" }, at.label)
        : el("button", { type: "button", onclick: () => drill(at, true) }, at.label),
      index === trail.length - 1 ? el("span", {}, size(at[weight]) + (index ? "" : " without headers")) : null,
    ]).filter(Boolean));
  }

  function drill(to, focus) { mapState.at = to; draw(focus); }

  function select(item, focus) {
    mapState.selected = item;
    for (const b of boxes) {
      b.setAttribute("aria-pressed", String(b.item === item));
      b.tabIndex = b.item === item ? 0 : -1;
      if (focus && b.item === item) b.focus();
    }
    panel.replaceChildren(...describe(f, nodes, item, target => {
      mapState.at = target.children.length ? target : target.parent || tree;
      draw(); select(target);
    }));
  }

  map.addEventListener("click", event => {
    const b = event.target.closest(".box");
    if (!b) return;
    b.focus();
    select(b.item);
  });
  map.addEventListener("dblclick", event => {
    const b = event.target.closest(".box");
    if (b && b.item.children.length) drill(b.item, true);
  });
  map.addEventListener("keydown", event => {
    const from = document.activeElement;
    if (!from.item) return;
    const go = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (go) {
      const next = nearest(from, go, boxes);
      if (next) { from.tabIndex = -1; next.tabIndex = 0; next.focus(); select(next.item); }
    } else if (event.key === "Enter" && from.item.children.length && from.item !== mapState.at) drill(from.item, true);
    else if (event.key === "Enter" || event.key === " ") select(from.item);
    else if ((event.key === "Escape" || event.key === "Backspace") && mapState.at.parent) drill(mapState.at.parent, true);
    else return;
    event.preventDefault();
  });

  const search = el("input", { type: "search", id: "search", placeholder: "find a module or a file  ( / )", "aria-label": "Find in this archive",
    oninput: event => { mapState.query = event.target.value; draw(); list(); },
    onkeydown: event => { if (event.key === "Enter") { const first = hits.querySelector("button"); if (first) first.click(); } } });
  function list() {
    const query = mapState.query.toLowerCase();
    hits.hidden = !query;
    if (!query) return;
    const weight = mapState.weight;
    const found = leaves(tree).filter(l => matches(l, query)).sort((a, b) => b[weight] - a[weight]);
    hits.replaceChildren(...found.slice(0, 40).map(leaf => el("li", {}, el("button", { type: "button", onclick: () => {
      mapState.at = leaf.parent || tree; draw(); select(leaf, true);
    } }, el("span", { class: "mono" }, (leaf.node ? leaf.node.name : leaf.path)), el("span", {}, size(leaf[weight]))))));
    live.textContent = plural(found.length, "module") + ", " + size(found.reduce((sum, l) => sum + l[weight], 0));
    if (!found.length) hits.replaceChildren(el("li", { class: "soft" }, "Nothing in this archive is called so."));
    else if (found.length > 40) hits.append(el("li", { class: "soft" }, count(found.length - 40) + " more"));
  }

  const modes = el("span", { class: "switch", role: "group", "aria-label": "Measure" }, ["zipped", "unzipped"].map(mode =>
    el("button", { type: "button", "aria-pressed": String(mapState.weight === mode), onclick: event => {
      mapState.weight = mode;
      for (const b of event.target.parentNode.children) b.setAttribute("aria-pressed", String(b === event.target));
      draw(); list();
    } }, mode)));

  const used = new Set(leaves(tree).map(l => groupOf(reasonOf(l))));
  const limits = f.measures.length ? el("div", { class: "limits" }, f.measures.map(m => {
    const share = m.bound ? m.bytes / m.bound : 0;
    return [el("span", {}, m.kind + ", " + m.measure), el("span", {}, size(m.bytes) + " of " + size(m.bound) + ", " + percent(share)), meter(share, 0.8)];
  })) : null;

  main.replaceChildren(
    el("h1", {}, f.name),
    el("p", { class: "soft" }, el("code", {}, f.handler), " on " + f.provider + ", " + f.runtime + ", " + f.architecture + ", from ",
      el("code", {}, f.origin), f.archive ? [" as ", el("code", {}, f.archive)] : ""),
    figures([["zipped", size(f.zipped)], ["unzipped", size(f.unzipped)], ["modules", count(f.modules)],
      ["distributions", count(f.distributions.length)], f.full > 0 ? ["saved", percent(f.saved), "of " + size(f.full)] : null].filter(Boolean)),
    limits || "",
    changes.has(f.name) ? changeOf(f) : "",
    profileOf(f),
    el("h2", {}, "What is in it"),
    el("div", { class: "tools" }, search, modes), hits,
    el("div", { class: "work" },
      el("div", {}, crumbs, map, el("ul", { class: "legend" }, groupNames.filter(([key]) => used.has(key)).map(([key, name]) =>
        el("li", {}, el("i", { class: key }), name)))),
      panel),
    distributionsTable(f, item => { drill(tree, false); select(item, true); map.scrollIntoView({ block: "center" }); }, tree),
    blindSpots(f), leftOut(f));
  draw();
  const first = tree.children.slice().sort((a, b) => b.zipped - a.zipped)[0];
  if (first) select(first);
  watchSize(map, () => draw());
}

let observer = null;
function watchSize(element, redraw) {
  let width = element.clientWidth;
  observer = new ResizeObserver(() => {
    if (element.clientWidth !== width) { width = element.clientWidth; redraw(); }
  });
  observer.observe(element);
}

function reasonOf(item) {
  if (item.node) return item.node.from < 0 ? (item.node.kind === "module" ? "handler" : "configured") : item.node.reason;
  if (item.reason) return item.reason;
  const heaviest = leaves(item).filter(l => l !== item).sort((a, b) => b.zipped - a.zipped)[0];
  return heaviest ? reasonOf(heaviest) : "configured";
}

// Size, retained size and the chain of one box.
function describe(f, nodes, item, go) {
  const parts = [];
  const share = item.share, node = item.node;
  parts.push(el("h2", {}, item.depth === 0 ? f.name : item.node && !item.children.length ? item.node.name : item.path));
  const owner = (() => { let at = item; while (at.parent && at.parent.parent) at = at.parent; return at; })();
  parts.push(el("p", { class: "soft" }, [
    item.version ? item.version : item.children.length ? "package" : node ? node.kind : "file",
    owner !== item && owner.label !== own ? " of " + owner.label + " " + (owner.version || "") : owner !== item ? ", " + own : "",
  ]));
  const retained = share ? [share[4], share[5]] : node ? [node.retained, node.retainedZipped] : null;
  parts.push(el("dl", {},
    el("dt", {}, ""), el("dd", { class: "head" }, "zipped"), el("dd", { class: "head" }, "unzipped"),
    el("dt", {}, item.children.length ? "together" : "own"), el("dd", {}, size(item.zipped)), el("dd", {}, size(item.unzipped)),
    retained ? [el("dt", {}, "leaves with it"), el("dd", {}, size(retained[1])), el("dd", {}, size(retained[0]))] : "",
    share ? [el("dt", {}, "whole distribution"), el("dd", {}, ""), el("dd", {}, size(share[3]))] : ""));
  const target = node || item.main || leaves(item).map(l => l.node).filter(Boolean)
    .map(n => [chain(nodes, n).length, n]).sort((a, b) => a[0] - b[0]).map(pair => pair[1])[0];
  if (target) {
    const steps = chain(nodes, target);
    parts.push(el("h3", {}, steps.length === 1 ? "It is where the handler begins" : "Why it is here"));
    parts.push(el("ol", { class: "chain" }, steps.map(step => el("li", {},
      step.file >= 0 ? el("div", { class: "place" }, place(step.file, step.line)) : "",
      step.source >= 0 ? el("pre", {}, data.lines[step.source])
        : el("div", {}, el("span", { class: "mono" }, step.to.name)),
      step.reason !== "top-level" || step.source < 0
        ? el("span", { class: "tag" }, step.reason + (step.source >= 0 ? " → " + step.to.name : ""),
          step.note >= 0 ? ": " + data.notes[step.note] : step.condition ? ": " + step.condition.name : "") : ""))));
    const by = nodes.get(target.dominator);
    if (by && by.kind !== "condition") parts.push(el("p", { class: "soft" }, "every chain to it passes through ", el("span", { class: "mono" }, by.name)));
  } else if (item.reason) parts.push(el("p", {}, item.reason === "included" ? "an 'include' pattern" : item.reason === "companion" ? "the provider looks for it there" : "made by pare"));
  if (item.children.length) {
    const list = item.children.slice().sort((a, b) => b[mapState.weight] - a[mapState.weight]).slice(0, 12);
    parts.push(el("h3", {}, "Largest in it"));
    parts.push(el("ul", { class: "hits" }, list.map(c => el("li", {}, el("button", { type: "button", onclick: () => go(c) },
      el("span", { class: "mono" }, c.label), el("span", {}, size(c[mapState.weight])))))));
  }
  return parts;
}
