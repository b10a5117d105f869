// Contrast of what axe does not look at: text and marks of SVG, the frames of fields, and placeholders.
// In: nothing. Out: [what, contrast, least] of each that is below what WCAG 2.2 asks for, and how many were looked at.
() => {
  const everything = new CSSStyleSheet();
  everything.replaceSync("* { pointer-events: all !important; }");
  document.adoptedStyleSheets.push(everything);

  function parsed(colour) {
    if (colour === "none" || colour === "transparent") return [0, 0, 0, 0];
    const parts = colour.match(/-?[\d.]+%?/g).map((part) => (part.endsWith("%") ? parseFloat(part) / 100 : parseFloat(part)));
    const scale = colour.startsWith("color(srgb") ? 255 : 1;
    if (!/^rgba?\(|^color\(srgb/.test(colour)) throw new Error(`a colour of an unknown kind: ${colour}`);
    return [parts[0] * scale, parts[1] * scale, parts[2] * scale, parts[3] ?? 1];
  }
  const over = (top, under) => [0, 1, 2].map((at) => top[at] * top[3] + under[at] * (1 - top[3])).concat(1);
  function luminance([red, green, blue]) {
    const linear = [red, green, blue].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }
  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }
  function opacity(element) {
    let all = 1;
    for (let each = element; each; each = each.parentElement) all *= parseFloat(getComputedStyle(each).opacity);
    return all;
  }
  function painted(element, property) {
    const style = getComputedStyle(element);
    const [red, green, blue, alpha] = parsed(style[property]);
    const own = property === "fill" ? parseFloat(style.fillOpacity) : property === "stroke" ? parseFloat(style.strokeOpacity) : 1;
    return [red, green, blue, alpha * own * opacity(element)];
  }
  const inPicture = (element) => element instanceof SVGElement && element.tagName !== "svg";
  const isLine = (element) => inPicture(element) && getComputedStyle(element).fill === "none";

  // The colour under a point: what lies there, from the top down, without the element itself, text and lines.
  function ground(x, y, without) {
    const layers = [];
    for (const each of document.elementsFromPoint(x, y)) {
      if (without(each) || /^(text|tspan|title|desc|g|a|use)$/i.test(each.tagName) || isLine(each)) continue;
      const colour = inPicture(each) ? painted(each, "fill") : painted(each, "backgroundColor");
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] >= 1) break;
    }
    const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reduceRight((under, top) => over(top, under), canvas);
  }

  const low = [];
  let seen = 0;
  function judge(what, colours, below, least) {
    seen += 1;
    const best = Math.max(...colours.map((colour) => contrast(over(colour, below), below)));
    if (best < least - 0.005) low.push([what, Math.round(best * 100) / 100, least]);
  }
  const named = (element) => `${element.tagName} ${element.dataset?.id ?? element.id ?? ""} ${(element.textContent ?? "").trim().slice(0, 40)}`;
  function middle(element) {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  }
  function visible(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const { width, height } = element.getBoundingClientRect();
    return width + height > 0;
  }

  for (const text of document.querySelectorAll("svg text")) {
    if (!text.textContent.trim() || !visible(text)) continue;
    const style = getComputedStyle(text);
    const haloed = style.paintOrder.startsWith("stroke") && parsed(style.stroke)[3] > 0;
    const [x, y] = middle(text);
    judge(named(text), [painted(text, "fill")], haloed ? painted(text, "stroke") : ground(x, y, (each) => text.contains(each)), 4.5);
  }
  for (const mark of document.querySelectorAll("svg [data-kind]")) {
    const shape = mark.matches("g, a") ? mark.querySelector("path, circle, rect, polygon, line, polyline, ellipse") : mark;
    if (!shape || !visible(shape) || getComputedStyle(shape).clipPath !== "none") continue;
    let [x, y] = middle(shape);
    if (isLine(shape) && shape.getPointAtLength) {
      const at = shape.getPointAtLength(shape.getTotalLength() / 2).matrixTransform(shape.getScreenCTM());
      [x, y] = [at.x, at.y];
    }
    const isMark = (each) => each.closest("[data-kind]:not([data-kind=community], [data-kind=group])") !== null;
    judge(named(mark), [painted(shape, "fill"), painted(shape, "stroke")], ground(x, y, (each) => each === shape || isMark(each)), 3);
  }
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea, button")) {
    if (!visible(field)) continue;
    const style = getComputedStyle(field);
    const [x, y] = middle(field);
    const below = ground(x, y, (each) => field.contains(each));
    const inside = over(painted(field, "backgroundColor"), below);
    if (field.placeholder && !field.value) {
      const colour = parsed(getComputedStyle(field, "::placeholder").color);
      colour[3] *= parseFloat(getComputedStyle(field, "::placeholder").opacity);
      judge(`placeholder ${field.placeholder}`, [colour], inside, 4.5);
    }
    const native = style.appearance !== "none" && /^(checkbox|radio|range|file|color|date)$/.test(field.type);
    if (!native && parseFloat(style.borderTopWidth) > 0) judge(`frame of ${named(field)}`, [parsed(style.borderTopColor), inside], below, 3);
  }
  document.adoptedStyleSheets.pop();
  return { low, seen };
}
