// The address holds what is shown. In: a URL. Out: panes, each a view with its arguments; and back.
// `/explore/cloud?city=A&2.view=cloud&2.city=B`: arguments of the second pane begin with `2.`.

const ROOT = "/explore/";
const SECOND = "2.";

// Text of an address; as it stands if it is not encoded as it should be.
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function panes(url) {
  const first = { view: decoded(url.pathname.slice(ROOT.length)) || "start", args: {} };
  const second = { view: null, args: {} };
  for (const [name, value] of url.searchParams) {
    const [pane, key] = name.startsWith(SECOND) ? [second, name.slice(SECOND.length)] : [first, name];
    if (pane === second && key === "view") second.view = value;
    else pane.args[key] = value;
  }
  return second.view ? [first, second] : [first];
}

export function address([first, second]) {
  const query = new URLSearchParams(sorted(first.args));
  if (second) {
    query.append(`${SECOND}view`, second.view);
    for (const [name, value] of sorted(second.args)) query.append(SECOND + name, value);
  }
  const said = query.toString().replaceAll("%2F", "/");
  return ROOT + encodeURIComponent(first.view) + (said ? `?${said}` : "");
}

export function merged(args, changes) {
  const every = { ...args, ...changes };
  return Object.fromEntries(Object.entries(every).filter(([, value]) => value !== null && value !== undefined && value !== ""));
}

export const same = (one, other) => Boolean(one && other) && address([one]) === address([other]);

const sorted = (args) => Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1));
