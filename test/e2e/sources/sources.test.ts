import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { must } from '../../kit/administration.js';
import { INBOX, SAVE_GROUP } from '../../kit/messages.js';
import { startAllInOne, startProcess, type Stack } from '../../kit/stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne();
}, 120_000);
afterAll(() => stack[Symbol.asyncDispose]());

test('the living municipality delivers and tells; caseworkers are alerted to it', async () => {
  const input = {
    name: 'Nye sygedagpengesager',
    eventTypes: ['CASE_ARISEN'],
    topic: '32.30.04',
    relations: ['PERSON'],
    receivers: [{ kind: 'UNIT', id: unitId(KORSBAEK, 'benefits') }],
    validFrom: '2020-01-01',
  };
  const { data } = await must(stack, 'alert-admin', SAVE_GROUP, { input });
  const program = startProcess(
    'programs/sources.js',
    { DATA_DIR: stack.directory, OVERBLIK_MODE: 'development' },
    [],
    ['--rate', '400', '--records', '400', '--seed', 'test', '--url', stack.url],
  );
  await new Promise((resolve) => program.child.once('exit', resolve));
  expect(program.output()).toMatch(
    /accepted \d+ {2}duplicate 0 {2}superseded \d+ {2}rejected 0 {2}messages \d+ {2}alerts [1-9]/,
  );
  const inbox = await must(stack, 'benefit-caseworker', INBOX, {
    filter: { groupId: data.saveAlertGroup.id },
  });
  const { edges, totalCount } = inbox.data.alertInbox.alerts;
  expect(totalCount).toBeGreaterThan(5);
  expect(edges[0].node).toMatchObject({
    title: 'Ny sag',
    sourceSystem: { code: 'KSD' },
    kle: { number: '32.30.04' },
  });
}, 120_000);
