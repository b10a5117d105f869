// What stands below the picture of a cloud. It is loaded after the picture is asked for. In: what is given of a cloud, its picture.

import { h } from "../dom.js";
import { gaps } from "./gaps.js";
import { inWords, numbers } from "./numbers.js";
import { numberless, peopleTable, person, tiesTable } from "./people.js";
import { whatIf } from "./whatif.js";

export { explanations } from "../measured.js";
export { overlay } from "./tied.js";
export { inWords };

export const below = (given, picture) => [
  numbers(given),
  h("h2", {}, "People"),
  peopleTable(given, picture),
  h("h2", {}, "Ties"),
  tiesTable(picture, given.selection),
  gaps(given),
  whatIf(given, picture),
];

// Who is selected: one with numbers, or one without.
export const selected = (one, given, picture) => (one ? person(one, given, picture) : numberless(picture, given.selection.id));
