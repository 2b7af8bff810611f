"use strict";
// The page of `pare report --html`: everything below comes from the JSON in #data. Text only ever
// becomes text (`textContent`): names are whatever files are called.
const data = JSON.parse(document.getElementById("data").textContent);
const main = document.getElementById("main");
const live = document.getElementById("live");

// ---- Values

const units = ["B", "kB", "MB", "GB", "TB"];
function size(bytes) {
  let value = Math.abs(bytes), unit = 0;
  while (value >= (unit ? 999.5 : 1000) && unit < 4) { value /= 1000; unit++; }
  const digits = unit === 0 || value >= 99.95 ? 0 : value < 9.995 ? 2 : 1;
  return (bytes < 0 ? "−" : "") + value.toFixed(digits) + " " + units[unit];
}
const signed = bytes => (bytes > 0 ? "+" : "") + size(bytes);
function percent(share) {
  const value = share * 100;
  if (value > 0 && value < 0.1) return "<0.1 %";
  return (value < 10 ? value.toFixed(1) : value >= 99.5 && value < 100 ? "99" : value.toFixed(0)) + " %";
}
const count = number => number.toLocaleString("en");
const plural = (number, noun) => count(number) + " " + noun + (number === 1 ? "" : "s");

// ---- Elements

function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else element.setAttribute(key, value);
  }
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}
const place = (file, line) => file < 0 ? "" : shortened(data.files[file]) + (line > 0 ? ":" + line : "");
// A file of a wheel as it lies in there.
function shortened(path) {
  const wheel = path.indexOf(".whl!/");
  return wheel < 0 ? path : path.slice(wheel + 6);
}
