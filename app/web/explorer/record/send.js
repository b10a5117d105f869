// Writes. In: a document, its variables, the kept state of a form. Out: what was written; an error in words that say what to do.

import { ask } from "../api.js";

const KEPT = "What you typed is kept.";
const FOLLOWS = "REFUSED_WITH";
const HINTS = {
  NO_ANSWER: `It is not known whether it was stored. ${KEPT} Send it again: it is written once only.`,
  TIMEOUT: `It may be stored all the same. ${KEPT} Send it again: it is written once only.`,
  UNAVAILABLE: `${KEPT} Send it again in a moment.`,
  UNAUTHENTICATED: `${KEPT} Put a valid token into “Token and data” at the top, then send it again.`,
  FORBIDDEN: `${KEPT} To record anything you need a token. Put it into “Token and data” at the top. How to get one is said in docs/access-keys.md: whoever runs this server gives you a grant for your city and an API key.`,
  CONFLICT: "An earlier form was stored after all, before you changed this one. Look at what is stored, then correct it instead of recording it twice.",
  PAYLOAD_TOO_LARGE: `${KEPT} It is too large for one request.`,
};

export const hint = (error) => HINTS[error.code] ?? KEPT;

// An id for one request. A retry has the same id, also after a reload, so it writes nothing twice.
export const requestId = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export async function write(document, variables, signal) {
  const { written } = await ask(document, variables, signal);
  return written.problems ? { ...written, problems: causes(written.problems) } : written;
}

// Problems without those that only say that another part of the same row is refused.
function causes(problems) {
  const row = ({ path }) => /^rows\[\d+\]/.exec(path)?.[0];
  const refused = new Set(problems.filter(({ code }) => code !== FOLLOWS).map(row));
  return problems.filter((problem) => problem.code !== FOLLOWS || !refused.has(row(problem)));
}

const facts = (count) => (count === 1 ? "1 fact" : `${count.toLocaleString("en")} facts`);

// What a write did, or a draft would do, in words.
export function outcome({ created, changed, same }) {
  const said = [created && `${facts(created)} new`, changed && `${facts(changed)} changed`, same && `${facts(same)} as before`];
  return said.filter(Boolean).join(", ") || "nothing";
}
