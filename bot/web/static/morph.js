// Makes one tree like another without rebuilding it, so that focus, place and typed text stay. Children are matched by
// data-key, else by place; data-keep and data-busy are left alone. Letters that came or changed are pushed to `news`.

export function morph(have, want, news) {
  if (have.isEqualNode(want)) return;
  if (have.nodeType !== Node.ELEMENT_NODE) {
    have.data = want.data;
    return;
  }
  if ("keep" in have.dataset) return;
  if (have.dataset.version && have.dataset.version !== want.dataset.version) news.push({ row: have, fresh: false });
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
  for (const { name } of [...have.attributes]) if (name !== "data-busy" && !want.hasAttribute(name)) have.removeAttribute(name);
  children(have, want, news);
}

function children(have, want, news) {
  const wanted = new Set([...want.children].map((child) => child.dataset.key));
  const keyed = new Map();
  for (const child of [...have.children]) {
    const { key } = child.dataset;
    if (key === undefined) continue;
    if (wanted.has(key)) keyed.set(key, child);
    else child.remove();
  }
  let at = have.firstChild;
  for (const next of [...want.childNodes]) {
    const key = next.dataset?.key;
    const alike = at && at.dataset?.key === undefined && at.nodeName === next.nodeName ? at : null;
    const match = key === undefined ? alike : keyed.get(key);
    if (!match) {
      have.insertBefore(next, at);
      if (next.dataset?.letter) news.push({ row: next, fresh: true });
      continue;
    }
    if (match === at) at = at.nextSibling;
    else have.insertBefore(match, at);
    morph(match, next, news);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}
