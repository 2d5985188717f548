// Asks every second how the meeting stands. While nobody answers, the clock goes on by itself and what was shown stays.
const wall = document.getElementById("wall"), clock = document.getElementById("clock");
const offline = document.getElementById("offline"), { left, over } = document.body.dataset;
let seconds = left === "" ? null : Number(left), shown = "";

function tell() {
  clock.hidden = seconds === null;
  if (seconds === null) return;
  const n = Math.abs(seconds);
  const text = `${Math.floor(n / 60)}:${String(n % 60).padStart(2, "0")}`;
  clock.textContent = seconds < 0 ? `${over} ${text}` : text;
}

// As large as there is room for: a short question fills the screen, a long one still fits.
function fill() {
  const root = document.documentElement;
  for (let size = 170; size >= 100; size -= 5) {
    root.style.setProperty("--size", size / 100);
    if (root.scrollHeight <= innerHeight && root.scrollWidth <= innerWidth) return;
  }
}

async function look() {
  try {
    const answer = await fetch(`${location.pathname}/now${location.search}`, { signal: AbortSignal.timeout(4000) });
    if (answer.status >= 500) throw new Error("later");
    const now = await answer.json();
    if (now.html !== shown) { wall.innerHTML = shown = now.html; fill(); }
    seconds = now.left;
    offline.hidden = true;
  } catch {
    if (seconds !== null) seconds -= 1;
    offline.hidden = false;
  }
  tell();
  setTimeout(look, 1000);
}

addEventListener("resize", fill);
fill();
tell();
look();
