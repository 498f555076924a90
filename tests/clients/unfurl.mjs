// What independent clients make of addresses: a JSON list of these comes in, a JSON object goes
// out, with the fields that each client finds at each address.

import { text } from "node:stream/consumers";
import createMetascraper from "metascraper";
import description from "metascraper-description";
import image from "metascraper-image";
import publisher from "metascraper-publisher";
import title from "metascraper-title";
import url from "metascraper-url";
import { unfurl } from "unfurl.js";
import urlMetadata from "url-metadata";

const AT_ONCE = 4;
const metascraper = createMetascraper([description(), image(), publisher(), title(), url()]);

const clients = {
  async metascraper(address) {
    const answer = await fetch(address);
    const found = await metascraper({ html: await answer.text(), url: answer.url });
    return pick(found.title, found.description, found.url, found.publisher, found.image);
  },
  async unfurl(address) {
    const { title, description, canonical_url, open_graph } = await unfurl(address);
    return pick(title, description, canonical_url, open_graph?.site_name, open_graph?.images?.[0]?.url);
  },
  async unfurl_open_graph(address) {
    const { open_graph: found } = await unfurl(address);
    return pick(found.title, found.description, found.url, found.site_name, found.images?.[0]?.url);
  },
  async url_metadata(address) {
    const options = { requestFilteringAgentOptions: { allowPrivateIPAddress: true } };
    const found = await urlMetadata(address, options);
    return pick(
      found["og:title"], found["og:description"], found.canonical, found["og:site_name"],
      found["og:image"],
    );
  },
};

function pick(title, description, canonical, site, image) {
  return { title, description, canonical, site, image: image || null };
}

async function all(address) {
  const found = {};
  for (const [name, read] of Object.entries(clients)) {
    found[name] = await read(address).catch((error) => ({ error: String(error) }));
  }
  return found;
}

const addresses = JSON.parse(await text(process.stdin));
const answers = {};
const waiting = [...addresses];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let address = waiting.shift(); address; address = waiting.shift()) {
      answers[address] = await all(address);
    }
  }),
);
process.stdout.write(JSON.stringify(answers));
