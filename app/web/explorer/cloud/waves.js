// The slider over survey waves. In: waves, the one that is shown, whether changes are shown. Out: an element that calls `to`.

import { fresh, h } from "../dom.js";
import { when } from "../facts.js";

const called = (wave) => [wave.name, when(wave.since)].filter(Boolean).join(", ");

export function slider({ waves, at, changes, to }) {
  if (waves.length === 0) return h("p", { class: "faint" }, "There is no survey wave.");
  const id = fresh("wave");
  const said = h("output", { for: id }, called(waves[at]));
  const range = h("input", { id, type: "range", min: 0, max: waves.length - 1, step: 1, value: at, disabled: waves.length < 2, "aria-valuetext": called(waves[at]), oninput: turned });
  const box = h("input", { type: "checkbox", checked: changes, onchange: turned });
  function turned() {
    const now = Number(range.value);
    said.textContent = called(waves[now]);
    range.setAttribute("aria-valuetext", called(waves[now]));
    to(now, box.checked);
  }
  const marks = h("datalist", { id: `${id}-waves` }, waves.map((wave, number) => h("option", { value: number, label: when(wave.since) })));
  range.setAttribute("list", marks.id);
  return h(
    "div",
    { class: "bar waves" },
    h("label", {}, `Survey wave, ${waves.length} in all`, range),
    marks,
    said,
    waves.length > 1 && h("label", { class: "line" }, box, "Show new, kept and lost ties since the wave before"),
  );
}
