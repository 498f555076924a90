// What two judges of others say of answers, each in its own words: the grade of Mozilla's HTTP
// Observatory for pages of a site, and what Google's CSP Evaluator finds in policies. JSON in and out.

import fs from "node:fs";
import { text } from "node:stream/consumers";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

// The package would fetch the browsers' list of preloaded sites when it is installed.
const read = fs.readFileSync;
fs.readFileSync = (path, ...how) =>
  String(path).endsWith("hsts-preload.json") ? "{}" : read(path, ...how);

const observatory = "@mdn/mdn-http-observatory/src";
const { ALL_TESTS } = await import(`${observatory}/constants.js`);
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await import(`${observatory}/grader/charts.js`);
const { getGradeForScore, getScoreModifier } = await import(`${observatory}/grader/grader.js`);
const { retrieve } = await import(`${observatory}/retriever/retriever.js`);

// As its scan() does, which can ask for no other page than the first, at no other port.
async function graded(hostname, options) {
  const retrieved = await retrieve(hostname, options);
  const results = ALL_TESTS.map((test) => test(retrieved));
  const points = results.map(({ result }) => getScoreModifier(result));
  const lost = points.filter((one) => one < 0).reduce((sum, one) => sum + one, 100);
  const all = points.reduce((sum, one) => sum + one, 100);
  const { grade, score } = getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost);
  return { grade, score, failed: results.filter(({ pass }) => !pass).map(({ result }) => result) };
}

const { hostname, httpPort, httpsPort, paths, policies } = JSON.parse(await text(process.stdin));
const grades = {};
for (const path of paths) grades[path] = await graded(hostname, { httpPort, httpsPort, path });
const findings = {};
for (const policy of policies) {
  findings[policy] = new CspEvaluator(new CspParser(policy).csp).evaluate();
}
process.stdout.write(JSON.stringify({ grades, findings }));
process.exit(0);
