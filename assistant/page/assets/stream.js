// Asking over HTTP: POST /api/ask, read as server-sent events while the answer is written.

export class Refused extends Error {
  // What the server said against a request: its status, and after how many seconds to try again.
  constructor(status, after) {
    super(`HTTP ${status}`);
    this.status = status;
    this.after = after;
  }
}

export async function post(path, body, { signal, accept = "application/json" } = {}) {
  const headers = { "Content-Type": "application/json", Accept: accept };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!response.ok) throw new Refused(response.status, Number(response.headers.get("Retry-After")) || 0);
  return response;
}

// The events of one answer, as [name, data]: "text", "citation", and last "answer".
export async function* ask(question, history, signal) {
  const body = { question: question.toWellFormed?.() ?? question, history, stream: true };
  const response = await post("api/ask", body, { signal, accept: "text/event-stream" });
  for await (const [name, data] of events(response.body)) {
    if (name === "error") throw new Refused(data.status ?? 500, 0);
    yield [name, data];
    if (name === "answer") return;
  }
  throw new Refused(502, 0);
}

async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let read = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (read + value).replaceAll("\r\n", "\n").split("\n\n");
      read = blocks.pop();
      for (const block of blocks) {
        const lines = block.split("\n");
        const name = lines.find((line) => line.startsWith("event:"))?.slice(6).trim();
        const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
        if (name && data.length) yield [name, JSON.parse(data.join("\n"))];
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
