// ---- Views

const listState = { by: 1, down: true, query: "", shown: 300 };
function functionsView() {
  const total = key => data.functions.reduce((sum, f) => sum + f[key], 0);
  const columns = [
    { name: "function", text: true, value: f => f.name },
    { name: "zipped", value: f => f.zipped },
    { name: "of limit", value: f => f.tight ? f.tight.share : -1 },
    { name: "unzipped", class: data.comparison ? "wide" : null, value: f => f.unzipped },
    { name: "modules", class: "wide", value: f => f.modules },
    { name: "distributions", class: "wide", value: f => f.distributions.length },
    { name: "saved", class: "wide", value: f => f.saved },
    { name: "runs on", class: "wide left", text: true, value: f => f.provider + f.runtime },
  ];
  if (data.comparison) columns.splice(2, 0, { name: "change", value: f => zippedChange(changes.get(f.name)) });
  const body = el("div", { class: "scroll" });
  function redraw(focus) {
    const query = listState.query.toLowerCase();
    const rows = data.functions.filter(f => f.name.toLowerCase().includes(query) ||
      f.distributions.some(d => data.distributions[d[0]][0].toLowerCase() === query));
    const { head, sorted } = sortable(columns, rows, listState, redraw);
    const shown = sorted.slice(0, listState.shown);
    body.replaceChildren(el("table", {}, el("thead", {}, head), el("tbody", {}, shown.map(f => {
      const cells = [
        el("td", {}, el("a", { href: "#/f/" + encodeURIComponent(f.name) }, f.name)),
        el("td", {}, size(f.zipped)),
        el("td", {}, f.tight ? [percent(f.tight.share), meter(f.tight.share, 0.8)] : "none"),
        el("td", { class: data.comparison ? "wide" : null }, size(f.unzipped)),
        el("td", { class: "wide" }, count(f.modules)),
        el("td", { class: "wide" }, count(f.distributions.length)),
        el("td", { class: "wide" }, f.full > 0 ? percent(f.saved) : ""),
        el("td", { class: "wide left soft" }, f.provider + ", " + f.runtime),
      ];
      if (data.comparison) {
        const c = changes.get(f.name), change = zippedChange(c);
        cells.splice(2, 0, el("td", { class: change > 0 ? "bad" : change < 0 ? "good" : "soft" },
          !c ? "" : !c.before ? "new" : change ? signed(change) : "·"));
      }
      return el("tr", {}, cells);
    }))));
    if (sorted.length > shown.length) {
      body.append(el("button", { class: "more", type: "button", onclick: () => { listState.shown += 700; redraw(); } },
        "show " + plural(Math.min(700, sorted.length - shown.length), "more function")));
    }
    if (!sorted.length) body.append(el("p", { class: "empty" }, "No function is called so, and none ships such a distribution."));
    live.textContent = plural(sorted.length, "function");
    if (Number.isInteger(focus)) body.querySelectorAll("th button")[focus].focus();
  }
  const search = el("input", { type: "search", id: "search", placeholder: "function, or a distribution it ships", "aria-label": "Filter functions",
    value: listState.query, oninput: event => { listState.query = event.target.value; listState.shown = 300; redraw(); } });
  redraw();
  const bad = data.functions.filter(f => f.tight && f.tight.share > 1).length;
  main.replaceChildren(
    el("h1", {}, plural(data.functions.length, "function")),
    figures([
      ["zipped together", size(total("zipped"))], ["unzipped", size(total("unzipped"))],
      ["above a limit", bad ? el("span", { class: "bad" }, count(bad)) : "none"],
      ["findings", count(data.diagnostics.length)],
    ]),
    el("div", { class: "tools" }, search), body);
}

function figures(pairs) {
  return el("dl", { class: "figures" }, pairs.map(([name, value, more]) =>
    el("div", {}, el("dt", {}, name), el("dd", {}, value, more ? el("small", {}, " " + more) : ""))));
}

function changesView() {
  const c = data.comparison, changed = c.functions.filter(f => zippedChange(f) || !f.before || !f.after || f.causes.length);
  const sum = changed.reduce((total, f) => total + zippedChange(f), 0);
  main.replaceChildren(el("h1", {}, changed.length ? signed(sum) + " zipped in " + plural(changed.length, "function") : "No archive has changed"),
    causeList(c.causes), changed.length ? el("div", { class: "scroll" }, el("table", {},
      el("thead", {}, el("tr", {}, ["function", "before", "after", "change"].map(name => el("th", {}, name)))),
      el("tbody", {}, changed.sort((a, b) => Math.abs(zippedChange(b)) - Math.abs(zippedChange(a))).map(f => el("tr", {},
        el("td", {}, byName.has(f.name) ? el("a", { href: "#/f/" + encodeURIComponent(f.name) }, f.name) : f.name),
        el("td", {}, f.before ? size(f.before.zipped) : "new"), el("td", {}, f.after ? size(f.after.zipped) : "gone"),
        el("td", { class: zippedChange(f) > 0 ? "bad" : "good" }, signed(zippedChange(f)))))))) : "");
}

const sharedState = { query: "", functions: 120, distributions: 40 };
function sharedView() {
  const totals = new Map();
  data.functions.forEach(f => f.distributions.forEach(d => {
    const t = totals.get(d[0]) || { id: d[0], zipped: 0, largest: 0, users: 0 };
    t.zipped += d[2]; t.largest = Math.max(t.largest, d[2]); t.users++;
    totals.set(d[0], t);
  }));
  const columns = [...totals.values()].sort((a, b) => b.zipped - a.zipped);
  const holder = el("div", { class: "scroll" });
  function redraw() {
    const query = sharedState.query.toLowerCase();
    const shown = columns.filter(c => data.distributions[c.id][0].toLowerCase().includes(query)).slice(0, sharedState.distributions);
    const rows = data.functions.filter(f => f.distributions.length && (!query || f.distributions.some(d => shown.some(c => c.id === d[0]))));
    const largest = Math.max(1, ...shown.map(c => c.largest));
    holder.replaceChildren(el("table", { class: "matrix" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "zipped, by function"), shown.map(c => el("th", { class: "turn", scope: "col", title: data.distributions[c.id].join(" ") + ", in " + plural(c.users, "function") + ", " + size(c.zipped) + " together" },
        el("span", {}, data.distributions[c.id][0]))))),
      el("tbody", {}, rows.slice(0, sharedState.functions).map(f => {
        const sizes = new Map(f.distributions.map(d => [d[0], d[2]]));
        return el("tr", {}, el("td", {}, el("a", { href: "#/f/" + encodeURIComponent(f.name) }, f.name)), shown.map(c => {
          const bytes = sizes.get(c.id);
          if (bytes === undefined) return el("td", {}, el("i", {}));
          const cell = el("i", { title: f.name + ", " + data.distributions[c.id][0] + ": " + size(bytes) }, el("span", { class: "sr" }, size(bytes)));
          cell.style.background = "rgba(var(--heat)," + (0.14 + 0.86 * Math.sqrt(bytes / largest)).toFixed(3) + ")";
          return el("td", {}, cell);
        }));
      }))));
    if (rows.length > sharedState.functions) holder.append(el("button", { class: "more", type: "button", onclick: () => { sharedState.functions += 200; redraw(); } }, "show more functions"));
    if (columns.length > shown.length && !query) holder.append(el("p", { class: "soft" }, plural(columns.length - shown.length, "smaller distribution") + " not shown; the filter finds them"));
  }
  redraw();
  const often = columns.filter(c => c.users > 1).sort((a, b) => b.zipped * (b.users - 1) / b.users - a.zipped * (a.users - 1) / a.users).slice(0, 15);
  main.replaceChildren(el("h1", {}, "What functions share"),
    el("p", { class: "soft" }, "The stronger the colour, the more of the distribution is in the archive. What many ship is worth a layer, or a look at who imports it."),
    el("div", { class: "tools" }, el("input", { type: "search", id: "search", "aria-label": "Filter distributions", placeholder: "distribution", oninput: event => { sharedState.query = event.target.value; redraw(); } })),
    holder, often.length ? el("section", {}, el("h2", {}, "Shipped more than once"), el("div", { class: "scroll" }, el("table", {},
      el("thead", {}, el("tr", {}, ["distribution", "functions", "zipped together", "without the copies"].map(name => el("th", {}, name)))),
      el("tbody", {}, often.map(c => el("tr", {}, el("td", {}, data.distributions[c.id][0], el("span", { class: "soft" }, " " + data.distributions[c.id][1])),
        el("td", {}, count(c.users)), el("td", {}, size(c.zipped)), el("td", {}, size(c.largest)))))))) : "");
}

function findingsView() {
  const order = { error: 0, warning: 1, note: 2 };
  const list = data.diagnostics.slice().sort((a, b) => order[a.severity] - order[b.severity]);
  main.replaceChildren(el("h1", {}, plural(list.length, "finding")), list.length ? "" : el("p", { class: "empty" }, "There is nothing to say."),
    ...list.map(d => el("div", { class: "found" },
      el("p", {}, el("strong", { class: d.severity === "error" ? "bad" : d.severity === "warning" ? "warn" : "soft" }, d.severity), " ",
        d.location ? [el("code", {}, shortened(d.location.file) + (d.location.line ? ":" + d.location.line : "")), " "] : "", d.message, el("span", { class: "tag" }, "  " + d.code)),
      d.source ? el("p", {}, el("code", {}, d.source)) : "",
      d.notes.map(n => el("p", { class: "soft" }, n.kind + ": " + (n.location ? shortened(n.location.file) + (n.location.line ? ":" + n.location.line : "") + ": " : "") + n.message)))));
}

// ---- Where we are

const views = [["#/", "Functions", functionsView], ["#/shared", "Shared", sharedView]];
if (data.comparison) views.push(["#/changes", "Changes", changesView]);
views.push(["#/findings", "Findings", findingsView]);

function show() {
  if (observer) { observer.disconnect(); observer = null; }
  const hash = location.hash || "#/";
  document.getElementById("nav").replaceChildren(...views.map(([target, name]) =>
    el("a", { href: target, "aria-current": hash === target || (target === "#/" && hash.startsWith("#/f/")) ? "page" : null }, name)));
  if (hash.startsWith("#/f/")) {
    let name = "";
    try { name = decodeURIComponent(hash.slice(4)); } catch { name = hash.slice(4); }
    const f = byName.get(name);
    if (f) return functionView(f);
    return main.replaceChildren(el("p", { class: "empty" }, "There is no function '" + name + "' in this report."));
  }
  (views.find(([target]) => target === hash) || views[0])[2]();
}
addEventListener("hashchange", () => { show(); scrollTo(0, 0); main.focus({ preventScroll: true }); });
addEventListener("keydown", event => {
  if (event.key === "/" && !/^(input|textarea)$/i.test(document.activeElement.tagName)) {
    const search = document.getElementById("search");
    if (search) { event.preventDefault(); search.focus(); }
  }
});
document.getElementById("foot").textContent = data.footer;
show();
