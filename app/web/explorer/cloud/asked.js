// Which figure a cloud's address asks for. In: the arguments of a pane. Out: the kind of the figure and its arguments.

const CHOSEN = ["city", "roster", "layer", "direction", "wave"];

export const chosen = (args) => Object.fromEntries(CHOSEN.filter((name) => args[name]).map((name) => [name, args[name]]));

export const asked = (args) => [args.changes === "true" ? "growth" : "cloud", chosen(args)];
