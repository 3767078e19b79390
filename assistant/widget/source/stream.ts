// Server-sent events read from a response, since EventSource can neither post a question nor carry a token.

export interface ServerEvent {
  event: string;
  data: string;
}

/** The events of a body, as they come. Rejects where nothing at all comes for `patience` milliseconds. */
export async function* eventsOf(body: ReadableStream<Uint8Array>, patience: number): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let name = "";
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await within(patience, reader.read());
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // A line ends in LF, CR or both; a CR at the end of what came so far may be the half of both.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const field = line.split(":", 1)[0] ?? "";
        const content = line.slice(field.length + 1).replace(/^ /, "");
        if (field === "event") name = content;
        else if (field === "data") data.push(content);
        else if (line === "") {
          if (data.length) yield { event: name, data: data.join("\n") };
          name = "";
          data = [];
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("silence")), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
