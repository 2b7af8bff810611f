// Squarified treemap (Bruls, Huizing, van Wijk, 2000): rows of boxes as near to squares as it goes.
function squarify(items, x, y, w, h, weight, place) {
  let rest = items.filter(i => i[weight] > 0).sort((a, b) => b[weight] - a[weight]);
  let total = rest.reduce((sum, i) => sum + i[weight], 0);
  while (rest.length && w > 0 && h > 0) {
    const side = Math.min(w, h), scale = w * h / total;
    let row = [], sum = 0, worst = Infinity;
    for (const item of rest) {
      const next = sum + item[weight], area = next * scale;
      const largest = (row.length ? row[0] : item)[weight] * scale, smallest = item[weight] * scale;
      const ratio = Math.max(side * side * largest / (area * area), area * area / (side * side * smallest));
      if (ratio > worst) break;
      worst = ratio; sum = next; row.push(item);
    }
    const thick = sum * scale / side;
    let along = 0;
    for (const item of row) {
      const long = item[weight] * scale / thick;
      if (w >= h) place(item, x, y + along, thick, long);
      else place(item, x + along, y, long, thick);
      along += long;
    }
    if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
    total -= sum;
    rest = rest.slice(row.length);
  }
}

// The box whose middle lies nearest in a direction; sideways counts twice.
function nearest(from, [dx, dy], boxes) {
  const middle = b => [b.offsetLeft + b.offsetWidth / 2, b.offsetTop + Math.min(b.offsetHeight / 2, 12)];
  const [x, y] = middle(from);
  let best = null, least = Infinity;
  for (const b of boxes) {
    if (b === from) continue;
    const [bx, by] = middle(b);
    const along = (bx - x) * dx + (by - y) * dy, across = Math.abs((bx - x) * dy) + Math.abs((by - y) * dx);
    if (along <= 1) continue;
    const distance = along + 2 * across;
    if (distance < least) { least = distance; best = b; }
  }
  return best;
}
