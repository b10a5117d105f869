// Questions to the server. In: the id of a trusted document and variables, or a figure with arguments. Out: data, or an ApiError.

import { headers } from "../token.js";
import { merged } from "./address.js";

const GRAPHQL = "/graphql";

export class ApiError extends Error {
  constructor(code, message, status = 0) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const NO_ANSWER = "The server does not answer. Does it still run, and is there a network?";

async function sent(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("NO_ANSWER", NO_ANSWER);
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("NO_ANSWER", "The answer of the server ended in the middle.", response.status);
  }
}

function refusal(answer, response) {
  const [error] = answer.errors ?? [];
  const message = error?.message ?? "The server refused this without a reason.";
  return new ApiError(error?.extensions?.code ?? "UNKNOWN", message, response.status);
}

export async function ask(documentId, variables, signal) {
  const { answer, response } = await answered(documentId, variables, signal);
  if (answer.errors?.length || !answer.data) throw refusal(answer, response);
  return answer.data;
}

// The whole answer, with its errors and what it says beside the data.
export async function answered(documentId, variables, signal) {
  const body = JSON.stringify({ documentId, variables });
  const response = await sent(GRAPHQL, { method: "POST", headers: headers(), body, signal });
  return { answer: await read(response), response };
}

// A file of JSON that the server makes for its pages.
export async function file(name, signal) {
  const response = await sent(`/web/${name}.json`, { signal });
  if (!response.ok) throw new ApiError("UNAVAILABLE", `The server does not give the file ${name}.json.`, response.status);
  return read(response);
}

function figureAddress(kind, args, suffix = "svg") {
  return `/figures/${kind}.${suffix}?${new URLSearchParams(args).toString().replaceAll("%2F", "/")}`;
}

// The arguments of a figure of a pane, which also says whether made-up facts are drawn.
export const figureArgs = (pane, args) => merged({ synthetic: String(pane.synthetic === "true") }, args);

const begun = new Map();

// Ask for a figure that a page will ask for as soon as its modules are there.
export function begin(kind, args) {
  const controller = new AbortController();
  const response = drawn(figureAddress(kind, args), controller.signal);
  response.catch(() => null); // who takes it is told
  begun.set(figureAddress(kind, args), { response, controller });
}

function drawn(address, signal) {
  const { authorization } = headers();
  return sent(address, { headers: authorization ? { authorization } : {}, signal });
}

// What has begun is taken once.
function taken(address, signal) {
  const found = begun.get(address);
  begun.delete(address);
  if (found) signal.addEventListener("abort", () => found.controller.abort());
  return found?.response;
}

// A figure: SVG as text, JSON as a value, PNG as a Blob.
export async function figure(kind, args, signal, suffix = "svg") {
  const address = figureAddress(kind, args, suffix);
  const response = await (taken(address, signal) ?? drawn(address, signal));
  if (!response.ok) throw refusal(await read(response), response);
  return { svg: () => response.text(), json: () => response.json(), png: () => response.blob() }[suffix]();
}

// A network as a file for other programs, as a Blob; `name` is its kind and its ending.
export async function network(name, args, signal) {
  const { authorization } = headers();
  const given = Object.entries(args).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const response = await sent(`/export/${name}?${new URLSearchParams(given)}`, { headers: authorization ? { authorization } : {}, signal });
  if (!response.ok) throw refusal(await read(response), response);
  return response.blob();
}

// The text of a document, to be shown and copied.
export async function documentText(id) {
  const response = await sent(`/web/documents/${id}.graphql`, {});
  if (!response.ok) throw new ApiError("UNAVAILABLE", `The server does not give the document ${id}.`, response.status);
  return response.text();
}
