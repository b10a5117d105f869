// Forms that are not sent yet, kept until the tab is closed. In: a key and a state. Out: the state after a reload.

const ROOT = "citygraph.form.";

export function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(ROOT + key));
  } catch {
    return null;
  }
}

// Whether it could be kept: the room of a browser is limited, and a private window may have none.
export function keep(key, state) {
  try {
    sessionStorage.setItem(ROOT + key, JSON.stringify({ ...state, at: new Date().toISOString() }));
    return true;
  } catch {
    return false;
  }
}

export function drop(key) {
  sessionStorage.removeItem(ROOT + key);
}

export function all() {
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(ROOT));
  return keys.map((key) => [key.slice(ROOT.length), kept(key.slice(ROOT.length))]).filter(([, state]) => state);
}
