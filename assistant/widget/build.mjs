// Builds widget.js: one classic script, minified, that names the digest of its sources (tests/test_widget.py compares).
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = (path) => new URL(path, import.meta.url);
const sources = readdirSync(here("source"))
  .filter((name) => /\.(ts|css)$/.test(name))
  .sort()
  .map((name) => `source/${name}`);
const digest = createHash("sha256");
for (const path of [...sources, "../../prompts/widget.en.md", "../../prompts/widget.zh.md"]) {
  digest.update(readFileSync(here(path)));
}

const styles = {
  name: "styles",
  setup(bundler) {
    bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

const output = new URL("widget.js", import.meta.url).pathname;
await build({
  entryPoints: [here("source/widget.ts").pathname],
  outfile: output,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii", // the page around it may be in any encoding
  legalComments: "none",
  plugins: [styles],
  banner: { js: `/* Policy Assistant: the widget, Apache-2.0. Built by "make widget" from sources ${digest.digest("hex")} */` },
});
const built = readFileSync(output);
console.log(`widget.js: ${built.length} bytes, ${gzipSync(built, { level: 9 }).length} gzipped`);
