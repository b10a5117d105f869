// Asks for the pictures of the clouds that the address names, while the modules that show them are loaded.

import { panes } from "../address.js";
import { begin, figureArgs } from "../api.js";
import { asked } from "./asked.js";

// A token in the address is stored by the page first.
const clouds = location.hash ? [] : panes(new URL(location.href)).filter(({ view, args }) => view === "cloud" && (args.city || args.roster));
for (const { args } of clouds) {
  const [kind, given] = asked(args);
  begin(kind, figureArgs(args, given));
}
