// Documents, each fetched once, cut into the paragraphs that the reading pane shows.

const fetched = new Map();

async function get(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.json();
}

function once(path, make) {
  if (!fetched.has(path)) {
    const promise = get(path).then(make);
    promise.catch(() => fetched.delete(path));
    fetched.set(path, promise);
  }
  return fetched.get(path);
}

export const listed = () => once("api/documents", (body) => body.documents);

export const loaded = (id) => once(`api/documents/${encodeURIComponent(id)}`, prepared);

// Offsets count characters, and JavaScript's strings count some of them twice.
function slicer(text) {
  const points = /[\ud800-\udfff]/.test(text) ? Array.from(text) : null;
  return (start, end) => (points ? points.slice(start, end).join("") : text.slice(start, end));
}

function prepared(body) {
  const slice = slicer(body.text);
  const other = body.translation;
  const otherSlice = other && slicer(other.text);
  const headings = new Map(body.outline.map((entry, index) => [entry.start, { ...entry, index }]));
  const paragraphs = [];
  let position = 0;
  let next = 0;
  for (const line of body.text.split("\n")) {
    const start = position;
    const end = start + [...line].length;
    position = end + 1;
    if (!line.trim()) continue;
    const heading = headings.get(start);
    const sentences = [];
    while (body.aligned[next]?.start < end) sentences.push(body.aligned[next++]);
    const titled = other && heading && other.outline[heading.index];
    paragraphs.push({
      start,
      end,
      heading,
      sentences,
      // A heading that fills its line has its own translation; one that a sentence follows is left to the sentences.
      translation: titled && heading.body >= end ? otherSlice(titled.start, titled.body).trim() : null,
    });
  }
  return { ...body, slice, otherSlice, paragraphs };
}

// A heading as it stands in the text, or in the translation where `language` is that of the translation.
export function headingOf(document, entry, language) {
  const other = document.translation?.language === language ? document.translation : null;
  const { start, body, title } = other?.outline[document.outline.indexOf(entry)] ?? entry;
  const words = (other ? document.otherSlice : document.slice)(start, body);
  return words.trim().split("\n")[0] || title;
}

// The path of headings to a place, outermost first.
export const pathTo = (document, place) => document.outline.filter((entry) => entry.start <= place && place < entry.end);
