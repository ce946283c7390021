// One build in which every mutation stands behind a switch; then, per mutation, the tests that should notice it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { allMutants } from './mutants/all.mjs';
import { applyTo, problemsIn } from './mutate.mjs';
import { build, copyOf, runTests } from './tree.mjs';
import { formerResults, tableOf, writeTable } from './table.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const usage = `tests/mutation/run.sh [--check | --self-test] [--only <regular expression>] [--tree <folder>] [--phase apply|build|run|none] [--table] [--seconds 120]
  --check      only looks whether every original text is still there, once
  --self-test  tests the machinery itself, in a second
  --only       mutations whose id, room or name match
  --tree       a folder to work in, which is kept; it lets the phases be run one by one
  --phase      apply: copy and mutate; build; run: the tests. All three when left out; none: only --table
  --table      writes docs/mutations.md; what the tree has no result of keeps the one that the page has
  --seconds    after which a mutation that hangs counts as killed`;

const { values: options } = parseArgs({
  options: {
    check: { type: 'boolean' }, 'self-test': { type: 'boolean' }, table: { type: 'boolean' }, help: { type: 'boolean' },
    only: { type: 'string' }, tree: { type: 'string' }, phase: { type: 'string' }, seconds: { type: 'string', default: '120' },
  },
});

if (options.help) {
  console.log(usage);
} else if (options['self-test']) {
  await import('./self-test.mjs');
} else {
  process.exitCode = await main();
}

async function main() {
  const wrong = problemsIn(allMutants, repository);
  if (wrong.length > 0) {
    console.error(`${wrong.join('\n')}\n${wrong.length} mutations do not fit the source any more. Write them anew in tests/mutation/mutants.`);
    return 1;
  }

  console.log(`${allMutants.length} mutations fit the source.`);
  if (options.check) {
    return 0;
  }

  const tree = options.tree ? resolve(options.tree) : mkdtempSync(join(tmpdir(), 'mutation-'));
  try {
    return await runIn(tree);
  } finally {
    if (!options.tree) {
      rmSync(tree, { recursive: true, force: true });
    }
  }
}

async function runIn(tree) {
  const wants = phase => !options.phase || options.phase === phase;
  if (wants('apply')) {
    copyOf(repository, tree);
    applyTo(tree, allMutants);
  }

  if (wants('build')) {
    build(tree);
  }

  const outcome = wants('run') ? await hunt(tree) : 0;
  return options.table ? Math.max(outcome, tell(tree)) : outcome;
}

async function hunt(tree) {
  const chosen = allMutants.filter(mutant => !options.only || new RegExp(options.only, 'i').test(`${mutant.id} ${mutant.room} ${mutant.name}`));
  const milliseconds = Number(options.seconds) * 1000;
  const baseline = await runTests(tree, [...new Set(chosen.flatMap(mutant => mutant.tests))], null, milliseconds * 5);
  if (baseline.outcome !== 'passed') {
    console.error(`Without a mutation the tests do not pass (${baseline.outcome}): ${baseline.detail}`);
    return 1;
  }

  const results = [];
  for (const mutant of chosen) {
    const result = { mutant, ...await runTests(tree, mutant.tests, mutant.id, milliseconds) };
    results.push(result);
    keep(tree, result);
    console.log(tableOf([result]));
  }

  const survivors = results.filter(result => result.outcome === 'passed');
  const unrun = results.filter(result => result.outcome === 'none ran');
  console.log(`${results.length - survivors.length - unrun.length} of ${results.length} mutations were noticed.`);
  for (const { mutant } of survivors) {
    console.log(`SURVIVED  ${mutant.id}  ${mutant.name}  (${mutant.tests.join(', ')})`);
  }

  for (const { mutant } of unrun) {
    console.log(`NO TEST   ${mutant.id}  no test matches ${mutant.tests.join(', ')}`);
  }

  return survivors.length + unrun.length === 0 ? 0 : 1;
}

/** Results of all runs in a tree, by the mutation's id, so that a long run can be made in pieces. */
function kept(tree) {
  const file = join(tree, 'mutations.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function keep(tree, { mutant, outcome, detail, seconds }) {
  writeFileSync(join(tree, 'mutations.json'), JSON.stringify({ ...kept(tree), [mutant.id]: { outcome, detail, seconds } }, null, 1));
}

function tell(tree) {
  const page = join(repository, 'docs/mutations.md');
  const known = { ...formerResults(page), ...kept(tree) };
  const missing = allMutants.filter(mutant => !known[mutant.id]).map(mutant => mutant.id);
  if (missing.length > 0) {
    console.error(`No table: ${missing.length} mutations were not run yet: ${missing.join(' ')}`);
    return 1;
  }

  const before = execFileSync('git', ['log', '-1', '--format=commit %h (%cs)', '--', page], { cwd: repository }).toString().trim();
  writeTable(page, allMutants.map(mutant => ({ mutant, ...known[mutant.id] })), before);
  return 0;
}
