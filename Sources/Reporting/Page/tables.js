// ---- Tables

function sortable(columns, rows, state, redraw) {
  const head = el("tr", {}, columns.map((column, index) => el("th", {
    scope: "col", class: column.class, "aria-sort": state.by === index ? (state.down ? "descending" : "ascending") : null,
  }, el("button", { type: "button", onclick: () => {
    if (state.by === index) state.down = !state.down;
    else { state.by = index; state.down = !column.text; }
    redraw(index);
  } }, column.name))));
  const column = columns[state.by];
  const sorted = [...rows].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    const order = x < y ? -1 : x > y ? 1 : 0;
    return state.down ? -order : order;
  });
  return { head, sorted };
}

const meter = (share, warn) => {
  const bar = el("i", {});
  bar.style.width = Math.min(100, share * 100) + "%";
  return el("span", { class: "meter" + (share > 1 ? " bad" : share >= warn ? " warn" : ""), "aria-hidden": "true" }, bar);
};

const distState = { by: 3, down: true };
function distributionsTable(f, choose, tree) {
  if (!f.distributions.length) return "";
  const columns = [
    { name: "distribution", text: true, value: d => data.distributions[d[0]][0].toLowerCase() },
    { name: "zipped", value: d => d[2] }, { name: "unzipped", value: d => d[1] },
    { name: "leaves with it", value: d => d[5] }, { name: "of the whole", class: "wide", value: d => d[3] ? d[1] / d[3] : 0 },
  ];
  const holder = el("div", { class: "scroll" });
  (function redraw(focus) {
    const { head, sorted } = sortable(columns, f.distributions, distState, redraw);
    holder.replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, sorted.map(d => {
      const [name, version] = data.distributions[d[0]], item = tree.children.find(c => c.label === name);
      return el("tr", {}, el("td", {}, item ? el("button", { type: "button", onclick: () => choose(item) }, name) : name, el("span", { class: "soft" }, " " + version)),
        el("td", {}, size(d[2])), el("td", {}, size(d[1])), el("td", {}, size(d[5])), el("td", { class: "wide" }, d[3] ? percent(d[1] / d[3]) : ""));
    }))));
    if (Number.isInteger(focus)) holder.querySelectorAll("th button")[focus].focus();
  })();
  return [el("h2", {}, plural(f.distributions.length, "distribution")), holder].reduce((box, e) => (box.append(e), box), el("section", {}));
}

function blindSpots(f) {
  if (!f.blindSpots.length) return "";
  return el("section", {}, el("h2", {}, plural(f.blindSpots.length, "blind spot")), el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, el("th", {}, "place"), el("th", { class: "left" }, "what only the run knows"), el("th", {}, "kept for it"))),
    el("tbody", {}, f.blindSpots.map(([file, line, expression, bound, bytes, others]) => el("tr", {},
      el("td", { class: "mono wrap" }, place(file, line)), el("td", { class: "left wrap" }, el("code", {}, expression), el("div", { class: "soft" }, bound)),
      el("td", {}, size(bytes), others ? el("div", { class: "tag" }, "with " + plural(others, "other")) : "")))))));
}

function leftOut(f) {
  if (!f.leftOut.length) return "";
  return el("section", {}, el("h2", {}, "Left out: installed, and not declared"), el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, el("th", {}, "distribution"), el("th", { class: "left" }, "would be imported by"), el("th", { class: "left" }, "at"))),
    el("tbody", {}, f.leftOut.map(([name, version, from, kind, file, line, others]) => el("tr", {},
      el("td", {}, name, el("span", { class: "soft" }, " " + version)), el("td", { class: "left" }, el("code", {}, from), el("span", { class: "tag" }, " " + kind)),
      el("td", { class: "left mono wrap" }, place(file, line), others ? el("span", { class: "tag" }, " and " + plural(others, "other place")) : "")))))));
}

function changeOf(f) {
  const c = changes.get(f.name);
  if (!c.before) return el("section", {}, el("h2", {}, "New since the base"));
  const change = zippedChange(c);
  if (!change && !c.causes.length) return "";
  return el("section", {}, el("h2", {}, "What changed: " + signed(change) + " zipped"), causeList(c.causes.map(x => ({ ...x, functions: [] }))));
}

function causeList(causes) {
  return el("ul", { class: "causes" }, causes.map(c => el("li", {},
    el("strong", { class: c.change.zipped > 0 ? "bad" : "good" }, signed(c.change.zipped)),
    el("div", {}, el("div", {}, c.location ? [el("code", {}, shortened(c.location.file) + (c.location.line ? ":" + c.location.line : "")), " "] : "", c.sentence,
      c.brings && c.brings.length ? ", with " + c.brings.join(", ") : ""),
      c.source ? el("pre", {}, c.source) : "",
      c.functions.length ? el("div", { class: "tag" }, "in ", c.functions.slice(0, 12).flatMap((name, i) => [i ? ", " : "",
        byName.has(name) ? el("a", { href: "#/f/" + encodeURIComponent(name) }, name) : name]), c.functions.length > 12 ? " and " + count(c.functions.length - 12) + " more" : "") : ""))));
}
