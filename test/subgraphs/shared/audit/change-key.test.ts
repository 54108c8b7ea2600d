import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { recordKeyChange } from '../../../../subgraphs/shared/audit/change-key.js';
import { signKeyChange } from '../../../../subgraphs/shared/audit/key-list.js';
import { newKey } from '../../../../subgraphs/shared/settings/keys.js';
import { openTestLog, type TestLog } from '../../../kit/audit-log.js';

let log: TestLog;
beforeEach(async () => {
  log = await openTestLog();
});
afterEach(() => log[Symbol.asyncDispose]());

describe('the signing key is changed', () => {
  const terms = (next: JWK, from = new Date(), until = new Date(Date.now() + 3_600_000)) => ({
    old: log.key,
    next,
    from,
    until,
  });
  test('and everything signed before and after is proven by the new key alone', async () => {
    await log.write();
    const next = await newKey();
    expect(await recordKeyChange(log.collections, terms(next))).toBe('recorded');
    await log.write();
    log.key = next;
    await log.write();
    const report = await log.verify();
    expect([report.faults, report.unproven, report.anchors, report.keys.length]).toEqual([[], [], 6, 2]);
  });
  test('without a word, and what was signed before is not proven', async () => {
    await log.write();
    log.key = await newKey();
    const { faults } = await log.verify(false);
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['KEY_UNKNOWN']));
  });
  test('and an old key that signs later is found', async () => {
    await log.write();
    const next = await newKey();
    const past = new Date(Date.now() - 3_600_000);
    expect(await recordKeyChange(log.collections, terms(next, past, past))).toBe('recorded');
    log.key = next;
    const { faults } = await log.verify(false);
    expect(faults.map(({ kind }) => kind)).toEqual(['KEY_EXPIRED', 'KEY_EXPIRED']);
  });
  test('once: a second time is the same change, another successor is refused', async () => {
    await log.write();
    const next = await newKey();
    expect(await recordKeyChange(log.collections, terms(next))).toBe('recorded');
    expect(await recordKeyChange(log.collections, terms(next))).toBe('known');
    expect(await recordKeyChange(log.collections, terms(await newKey()))).toBe('other-successor');
    expect(await recordKeyChange(log.collections, terms(log.key))).toBe('same-key');
    expect(await log.collections.keyChanges.countDocuments()).toBe(1);
  });
  test('not when the two are given in each other’s place', async () => {
    await log.write();
    const result = await recordKeyChange(log.collections, { ...terms(log.key), old: await newKey() });
    expect([result, await log.collections.keyChanges.countDocuments()]).toEqual(['signed-nothing', 0]);
  });
  test('twice, before the key in between has signed anything', async () => {
    await log.write();
    const [second, third] = [await newKey(), await newKey()];
    await recordKeyChange(log.collections, terms(second));
    expect(await recordKeyChange(log.collections, { ...terms(third), old: second })).toBe('recorded');
    log.key = third;
    expect((await log.verify()).faults).toEqual([]);
  });
  test('by somebody who can write to the database and has neither key: no signature of theirs counts', async () => {
    await log.write();
    const [forger, accomplice] = [await newKey(), await newKey()];
    await log.collections.keyChanges.insertOne(await signKeyChange({ ...terms(accomplice), old: forger }));
    const own = log.key;
    log.key = forger;
    await log.write();
    log.key = own;
    const { faults } = await log.verify(false);
    expect(faults.map(({ kind }) => kind)).toEqual(['KEY_CHANGE_FORGED', 'KEY_UNKNOWN', 'KEY_UNKNOWN']);
  });
});
