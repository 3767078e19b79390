// What the browser keeps: a few choices, and conversations, newest first. Nothing is lost but memory where it keeps nothing.

const PREFIX = "policy-assistant:";
const CHAT = `${PREFIX}chat:`;
const KEPT = 30;

// Private windows and third-party frames may refuse storage, even to look at it.
function storage(kind) {
  try {
    return window[kind];
  } catch {
    return null;
  }
}

export function read(name, kind = "localStorage") {
  try {
    return JSON.parse(storage(kind)?.getItem(PREFIX + name) ?? "null");
  } catch {
    return null;
  }
}

export function write(name, value, kind = "localStorage") {
  try {
    storage(kind)?.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function remove(name) {
  try {
    storage("localStorage")?.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}

const isConversation = (one) => typeof one?.id === "string" && Array.isArray(one.exchanges);

// All kept conversations, the latest first.
export function conversations() {
  let names = [];
  try {
    names = Object.keys(storage("localStorage") ?? {}).filter((name) => name.startsWith(CHAT));
  } catch {
    return [];
  }
  const kept = names.map((name) => read(name.slice(PREFIX.length))).filter(isConversation);
  return kept.sort((one, other) => other.at - one.at);
}

// The storage is small: the oldest conversations make room.
export function keep(conversation) {
  const others = conversations().filter((one) => one.id !== conversation.id);
  for (const one of others.splice(KEPT - 1)) remove(`chat:${one.id}`);
  while (!write(`chat:${conversation.id}`, conversation) && others.length) remove(`chat:${others.pop().id}`);
}

export function kept(id) {
  const found = read(`chat:${id}`);
  return isConversation(found) ? found : null;
}

export function forget() {
  for (const one of conversations()) remove(`chat:${one.id}`);
}
