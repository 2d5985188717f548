"""Scripts run inside the page: text too faint to read, buttons too small to hit."""

# every piece of text in sight whose contrast with what is behind it is under 4.5
FAINT = """
() => {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a),
    g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a),
    a: 1,
  });
  const behind = (element) => {
    if (!element) return { r: 255, g: 255, b: 255, a: 1 };
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.a === 1 ? own : over(own, behind(element.parentElement));
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const ground = behind(element);
    const ink = over(parse(getComputedStyle(element).color), ground);
    const [dark, bright] = [light(ink), light(ground)].sort((a, b) => a - b);
    const contrast = (bright + 0.05) / (dark + 0.05);
    if (contrast < 4.5) faint.push([text.data.trim().slice(0, 20), element.className, contrast.toFixed(2)]);
  }
  return faint;
}
"""

# every button in sight that a finger could miss
FITS = """
([width, height]) => {
  const { clientWidth, scrollWidth, scrollHeight } = document.documentElement;
  return clientWidth === width && scrollWidth <= width && scrollHeight <= height;
}
"""
SMALL = """
() => [...document.querySelectorAll("button")]
  .filter((button) => button.checkVisibility({ visibilityProperty: true }) && !button.disabled)
  .map((button) => [button.outerHTML.slice(0, 80), button.offsetWidth, button.offsetHeight])
  .filter(([, width, height]) => height < 44 || width < 28)
"""
