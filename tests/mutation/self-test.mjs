// The machinery, without a build: node --test runs what is registered here.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allMutants } from './mutants/all.mjs';
import { applyTo, mutatedText, problemsIn, withEdit } from './mutate.mjs';
import { formerResults, pageOf, tableOf } from './table.mjs';

const file = 'src/AuthCore/Room.cs';
const mutant = (id, edits) => ({ id, room: 'Room', name: 'a name', tests: ['RoomTests'], edits: edits.map(edit => ({ file, ...edit })) });

function inTree(text, work) {
  const tree = mkdtempSync(join(tmpdir(), 'mutation-self-'));
  try {
    for (const project of ['AuthCore', 'McpEndpoint', 'Console']) {
      mkdirSync(join(tree, 'src', project), { recursive: true });
    }

    writeFileSync(join(tree, file), text);
    work(tree);
  } finally {
    rmSync(tree, { recursive: true });
  }
}

test('an expression is swapped, a statement dropped, and anything written out, behind the switch', () => {
  const on = 'global::AuthCore.Mutant.Is("a-1")';
  assert.equal(mutatedText({ original: 'a < b', swap: 'true' }, file, 'a-1'), `(${on} ? true : a < b)`);
  assert.equal(mutatedText({ original: 'Do();', drop: true }, file, 'a-1'), `if (!${on}) Do();`);
  assert.equal(mutatedText({ original: 'a', code: '(@M || a)' }, file, 'a-1'), `(${on} || a)`);
});

test('a text that is not there, or there twice, is refused', () => {
  assert.throws(() => withEdit('x', { original: 'y', drop: true }, file, 'a-1'), /not found/);
  assert.throws(() => withEdit('y y', { original: 'y', drop: true }, file, 'a-1'), /more than once/);
});

test('two mutations may stand in one file, and each is told when it does not fit', () => inTree('One();\nTwo();\n', tree => {
  const mutants = [mutant('a-1', [{ original: 'One();', drop: true }]), mutant('a-2', [{ original: 'Two();', drop: true }])];
  assert.deepEqual(problemsIn(mutants, tree), []);
  applyTo(tree, mutants);
  assert.match(readFileSync(join(tree, file), 'utf8'), /if \(!.*"a-1"\)\) One\(\);\nif \(!.*"a-2"\)\) Two\(\);/);
  assert.match(readFileSync(join(tree, 'src/Console/Mutant.cs'), 'utf8'), /namespace AdminConsole;/);
  assert.match(problemsIn([mutant('a-3', [{ original: 'Three();', drop: true }])], tree)[0], /a-3: not found/);
  assert.match(problemsIn([mutants[0], { ...mutants[0], edits: [] }], tree).join(), /stands twice/);
}));

test('the page tells who noticed, and shouts when nobody did', () => {
  const noticed = { mutant: mutant('a-1', [{ original: 'x' }]), outcome: 'failed', detail: 'UnitTests.RoomTests.It_holds(a: "b.c")', seconds: 1 };
  assert.match(tableOf([noticed]), /`RoomTests.It_holds`/);
  const page = pageOf([noticed, { ...noticed, outcome: 'passed' }], '2026-01-01');
  assert.match(page, /1 of 2 were noticed/);
  assert.match(page, /it survived/);
});

test('what was not run again keeps the result that the page had', () => inTree('', tree => {
  const page = join(tree, 'page.md');
  const noticed = { mutant: mutant('a-1', [{ original: 'x' }]), outcome: 'failed', detail: 'UnitTests.RoomTests.It_holds', seconds: 1.5 };
  const survived = { mutant: { ...mutant('a-2', [{ original: 'y' }]), name: 'this | that' }, outcome: 'passed', detail: '', seconds: 2 };
  writeFileSync(page, pageOf([noticed, survived], '2026-01-01'));
  const former = formerResults(page);
  const again = pageOf([{ ...noticed, ...former['a-1'] }, { ...survived, ...former['a-2'] }], '2026-01-02', 'commit abc (2026-01-01)');
  assert.equal(tableOf([{ ...noticed, ...former['a-1'] }]), tableOf([noticed]));
  assert.match(again, /1 of 2 were noticed\.\n2 of them were not run again and keep their result of commit abc \(2026-01-01\)\./);
}));

test('every mutation has a name, a room and tests', () => {
  assert.ok(allMutants.length >= 316);
  for (const { id, name, room, tests, edits } of allMutants) {
    assert.ok(id && name && room && tests.length > 0 && edits.length > 0, id);
  }
});
