// Talking with the server, and the short words that come of it.

const { dataset: words } = document.body;
const timers = new WeakMap();

export async function fragment(address) {
  const response = await fetch(address, { headers: { accept: "text/html" } });
  if (!response.ok) throw new Error(address);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

export function toast(phone, text) {
  const slip = phone.querySelector(".toast");
  slip.textContent = text;
  slip.classList.add("up");
  clearTimeout(timers.get(slip));
  timers.set(slip, setTimeout(() => slip.classList.remove("up"), 3200));
}

// A refusal goes by itself; the word that we are offline stays until we are not.
export function banner(text) {
  const slip = document.querySelector("#banner");
  slip.textContent = text;
  slip.hidden = !text;
  clearTimeout(timers.get(slip));
  if (text && text !== words.wordOffline) timers.set(slip, setTimeout(banner, 4000, ""));
}

export async function post(address, said, busy, phone) {
  if (busy.dataset.busy !== undefined) return null;
  busy.dataset.busy = "";
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(said),
    });
    const answer = await response.json().catch(() => ({ error: words.wordFailed }));
    const toasts = document.documentElement.dataset.skin !== "wecom"; // WeCom has no word over a button; it comes as a text
    const word = response.ok ? toasts && answer.toast : answer.error || words.wordFailed;
    if (word && phone) toast(phone, word);
    else if (!response.ok) banner(word);
    return response.ok ? answer : null;
  } catch {
    if (phone) toast(phone, words.wordOffline);
    else banner(words.wordOffline);
    return null;
  } finally {
    delete busy.dataset.busy;
  }
}
