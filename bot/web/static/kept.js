// What this browser keeps: choices in a cookie, so that the server draws them at once; reading marks and hints beside it.

export function keep(name, value) {
  const kept = new URLSearchParams(document.cookie.match(/(?:^|; )chenlian_demo=([^;]*)/)?.[1]);
  kept.set(name, value);
  document.cookie = `chenlian_demo=${kept}; path=/demo; max-age=31536000; samesite=lax`;
}

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing shows the hints again
  }
}
