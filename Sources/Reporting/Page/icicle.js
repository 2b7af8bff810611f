// ---- What a cold start takes: time from left to right, what was loaded below what loaded it

const profiles = new Map(data.profiles.map(p => [p.function, p]));
const kindsOfTime = [["own", "your code"], ["import", "distributions"], ["config", "the runtime's"], ["idle", "not used by the call"], ["lazy", "the call itself"]];

function duration(microseconds) {
  const value = microseconds / 1000;
  return (value < 99.95 ? value.toFixed(1) : count(Math.round(value))) + " ms";
}

// Rows [name, parent, phase, own, with all, compiling, alone, kind, idle, place, distribution] as boxes.
function boxesOf(p) {
  const boxes = [];
  const make = (name, parent, total, kind) => {
    const box = { name, parent, total, kind, next: parent ? parent.next : 0, level: parent ? parent.level + 1 : 0 };
    box.start = box.next;
    if (parent) parent.next += total;
    boxes.push(box);
    return box;
  };
  const sums = [0, 0];
  for (const row of p.imports) if (row[1] < 0) sums[row[2]] += row[4];
  const call = p.call ? Math.max(p.call[0], sums[1]) : 0;
  const root = make("cold start", null, sums[0] + call, "phase");
  const phases = [make("import", root, sums[0], "phase"), call ? make("first call", root, call, "lazy") : null];
  const made = [];
  for (const row of p.imports) {
    const box = make(row[0], row[1] < 0 ? phases[row[2]] : made[row[1]], row[4], row[8] ? "idle" : ["own", "import", "config"][row[7]]);
    box.row = row;
    made.push(box);
  }
  return boxes;
}

function profileOf(f) {
  const p = profiles.get(f.name);
  if (!p) return "";
  const boxes = boxesOf(p), root = boxes[0];
  const chart = el("div", { class: "icicle", id: "icicle", role: "group", "aria-label": "Imports of " + f.name + " by time: arrow keys move, Enter zooms, Escape zooms out" });
  const line = el("p", { class: "figure", id: "figure", "aria-live": "polite" });
  let at = root;

  function tell(box) {
    const row = box.row;
    const parts = [el("strong", {}, box.name), " " + duration(box.total)];
    if (row) {
      if (row[3] !== box.total) parts.push(", " + duration(row[3]) + " of it its own");
      if (row[5] >= 100) parts.push(", " + duration(row[5]) + " compiling");
      if (row[6] >= 0) parts.push("; ships " + size(row[6]) + " alone");
      if (row[10]) parts.push("; of " + row[10]);
      if (row[9]) parts.push("; asked for in ", el("code", {}, row[9]));
      if (row[8]) parts.push("; not used by the call");
    }
    line.replaceChildren(...parts);
  }

  function inside(box) {
    for (let b = box; b; b = b.parent) if (b === at) return true;
    return false;
  }

  function draw(focus) {
    chart.replaceChildren();
    let depth = 0;
    const ancestors = [];
    for (let b = at.parent; b; b = b.parent) ancestors.push(b);
    for (const box of boxes) {
      const above = ancestors.includes(box);
      if (!above && !inside(box)) continue;
      const left = above ? 0 : (box.start - at.start) / at.total, width = above ? 1 : box.total / at.total;
      if (width < 0.0012) continue;
      depth = Math.max(depth, box.level);
      const short = box.name.slice(box.name.lastIndexOf(".") + 1);
      const element = el("div", { class: "box " + box.kind + (above ? " above" : ""), role: "button", tabindex: box === at ? "0" : "-1", title: box.name + "  " + duration(box.total),
        "aria-label": box.name + ", " + duration(box.total) }, width > 0.09 ? box.name : width > 0.02 ? short : "");
      Object.assign(element.style, { left: left * 100 + "%", width: width * 100 + "%", top: box.level * 21 + "px" });
      element.box = box;
      chart.append(element);
      if (focus && box === at) element.focus();
    }
    chart.style.height = (depth + 1) * 21 + "px";
    tell(at);
  }

  chart.addEventListener("mouseover", event => { const e = event.target.closest(".box"); if (e) tell(e.box); });
  chart.addEventListener("mouseleave", () => tell(at));
  chart.addEventListener("focusin", event => { if (event.target.box) tell(event.target.box); });
  chart.addEventListener("click", event => {
    const e = event.target.closest(".box");
    if (e) { at = e.box === at && at.parent ? at.parent : e.box; draw(true); }
  });
  chart.addEventListener("keydown", event => {
    const from = document.activeElement;
    if (!from.box) return;
    const go = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (go) {
      const next = nearest(from, go, [...chart.children]);
      if (next) { from.tabIndex = -1; next.tabIndex = 0; next.focus(); }
    } else if (event.key === "Enter" || event.key === " ") { at = from.box; draw(true); }
    else if ((event.key === "Escape" || event.key === "Backspace") && at.parent) { at = at.parent; draw(true); }
    else return;
    event.preventDefault();
  });
  draw();
  const used = new Set(boxes.map(b => b.kind));
  return el("section", {},
    el("h2", {}, "What its cold start takes"),
    figures([["import", duration(p.start[0]), duration(p.start[1]) + " to " + duration(p.start[2])],
      p.call ? ["first call", duration(p.call[0]), ""] : null,
      ["compiling sources", duration(p.imports.reduce((sum, row) => sum + row[5], 0)), ""],
      ["median of", count(p.runs), "runs, Python " + p.python]].filter(Boolean)),
    p.deferrals.length ? el("ul", { class: "causes" }, p.deferrals.map(([module, saved, noise, alone, statements]) => el("li", {},
      el("strong", { class: "good" }, "−" + duration(saved)),
      el("div", {}, el("span", {}, "without ", el("span", { class: "mono" }, module), ", of which the call has used nothing; measured, noise " + duration(noise) + (alone >= 0 ? "; it ships " + size(alone) + " alone" : "")),
        statements.map(([at, text]) => el("pre", {}, at + "  " + text)))))) : "",
    line, chart,
    el("ul", { class: "legend" }, kindsOfTime.filter(([kind]) => used.has(kind)).map(([kind, name]) => el("li", {}, el("i", { class: kind }), name))));
}
