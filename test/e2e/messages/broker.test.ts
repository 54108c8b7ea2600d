import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BrokerConnection } from '../../../intake/messages/broker-connection.js';
import { QUEUE } from '../../../intake/messages/broker.js';
import {
  DEAD_LETTER_DAYS,
  DEAD_QUEUE,
  MOST_DEAD_LETTERS,
  REASON_HEADER,
} from '../../../intake/messages/dead-letters.js';
import { KORSBAEK, unitId } from '../../../seed/authorities.js';
import { must, until } from '../../kit/administration.js';
import { envelope, INBOX, SAVE_GROUP } from '../../kit/messages.js';
import { countingProxy } from '../../kit/counting-proxy.js';
import { startRabbit, type Rabbit } from '../../kit/rabbit.js';
import { startAllInOne, type Stack } from '../../kit/stack.js';

let rabbit: Rabbit;
let stack: Stack;
let groupId: string;
beforeAll(async () => {
  rabbit = await startRabbit();
  stack = await startAllInOne({ settings: { AMQP_URL: rabbit.url } });
  const input = {
    name: 'Dødsfald',
    eventTypes: ['REGISTER_EVENT'],
    eventCodes: ['005'],
    topic: '32.24.04',
    relations: ['PERSON'],
    receivers: [{ kind: 'UNIT', id: unitId(KORSBAEK, 'benefits') }],
    validFrom: '2020-01-01',
  };
  groupId = (await must(stack, 'alert-admin', SAVE_GROUP, { input })).data.saveAlertGroup.id;
}, 120_000);
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await rabbit[Symbol.asyncDispose]();
}, 60_000);

const urn = (slug: string) => `urn:oio:cpr-nr:${stack.story(slug).cpr}`;
const death = (slug: string) => JSON.stringify(envelope('PERSON', urn(slug), '005'));
const seen = async (signIn = 'benefit-caseworker') => {
  const { data } = await must(stack, signIn, INBOX, { filter: { groupId } });
  return data.alertInbox.alerts as { totalCount: number; edges: { node: any }[] };
};

test('a death message pushed through RabbitMQ shows as an alert for the right unit, and for nobody else', async () => {
  await rabbit.publish(QUEUE, [death('sickness-benefit')]);
  await until(async () => (await seen()).totalCount === 1);
  const [{ node }] = (await seen()).edges as [{ node: any }];
  expect(node).toMatchObject({
    title: 'Død',
    citizen: { id: stack.story('sickness-benefit').citizenId },
    receivingUnit: { id: unitId(KORSBAEK, 'benefits') },
  });
  for (const other of ['vip-cleared', 'family-adviser', 'other-municipality'])
    expect((await seen(other)).totalCount).toBe(0);
}, 60_000);

test('the same message twice, before and after a restart of the broker, is one alert', async () => {
  const before = (await seen()).totalCount;
  const message = death('every-system');
  await rabbit.publish(QUEUE, [message, message, message]);
  await until(async () => (await seen()).totalCount === before + 1);
  await rabbit.kill();
  await rabbit.start();
  await rabbit.publish(QUEUE, [message, death('dead')]);
  await until(async () => (await rabbit.waiting(QUEUE)) === 0);
  await until(async () => (await seen()).totalCount === before + 2);
}, 120_000);

test('what cannot be handled goes to the dead-letter queue with the reason, and the stream goes on', async () => {
  const before = (await seen()).totalCount;
  await rabbit.drain(DEAD_QUEUE);
  const { messageId: _id, ...withoutId } = envelope('PERSON', urn('dead'), '005');
  const stranger = { ...envelope('PERSON', urn('dead'), '005') };
  const poison = [
    '{',
    Buffer.from([0xff, 0xfe, 0x00]),
    JSON.stringify(withoutId),
    JSON.stringify({ ...stranger, filterData: { ...stranger.filterData, sender: randomUUID() } }),
    JSON.stringify(envelope('PERSON', urn('dead'), '999')),
    'x'.repeat(300_000),
  ];
  await rabbit.publish(QUEUE, [...poison, death('sickness-benefit')]);
  await until(async () => (await seen()).totalCount === before + 1);
  await until(async () => (await rabbit.waiting(DEAD_QUEUE)) === poison.length);
  const dead = await rabbit.drain(DEAD_QUEUE);
  expect(dead.map(({ headers }) => headers[REASON_HEADER]).sort()).toEqual([
    ': JSON',
    ': UTF-8',
    ': at most 256 kB',
    'an event that somebody can be alerted to',
    'filterData.sender: a registered system',
    'messageId: a value of the right type',
  ]);
  for (const { headers } of dead) expect(JSON.stringify(headers)).not.toContain(stack.story('dead').cpr);
  for (const { expiration } of dead) expect(expiration).toBe(String(DEAD_LETTER_DAYS * 24 * 3_600_000));
}, 60_000);

test('dead letters are bounded in number: the oldest makes room', async () => {
  await rabbit.drain(DEAD_QUEUE);
  await rabbit.publish(
    DEAD_QUEUE,
    Array.from({ length: MOST_DEAD_LETTERS }, (_, i) => `old ${i}`),
  );
  await rabbit.publish(QUEUE, ['{', '{{']);
  await until(async () => (await rabbit.waiting(QUEUE)) === 0);
  await until(async () => (await rabbit.waiting(DEAD_QUEUE)) === MOST_DEAD_LETTERS);
  const contents = (await rabbit.drain(DEAD_QUEUE)).map(({ content }) => content);
  expect(contents[0]).toBe('old 2');
  expect(contents.slice(-2).sort()).toEqual(['{', '{{']);
}, 60_000);

describe('the connection to the broker', () => {
  const parts = (listen: () => Promise<void>, url: string) => ({
    url,
    listen,
    finish: () => Promise.resolve(),
    onLost: () => undefined,
    onTrouble: () => undefined,
  });

  test('one that is closed while it is being opened is closed, and no other is opened', async () => {
    await using proxy = await countingProxy(rabbit.url);
    const connection = new BrokerConnection(parts(() => Promise.resolve(), proxy.url));
    void connection.start();
    await connection.close();
    await until(() => Promise.resolve(proxy.open() === 0));
    await connection.start();
    expect([proxy.made(), proxy.open()]).toEqual([1, 0]);
  });

  test('a set-up that fails leaves no connection behind, however often it is tried', async () => {
    await using proxy = await countingProxy(rabbit.url);
    let tries = 0;
    const connection = new BrokerConnection(
      parts(() => (++tries < 3 ? Promise.reject(new Error('no queue')) : Promise.resolve()), proxy.url),
    );
    await connection.start();
    await until(() => Promise.resolve(tries === 3));
    await until(() => Promise.resolve(proxy.open() === 1));
    await connection.close();
    expect(proxy.made()).toBe(3);
  });

  test('there is one, however often it is begun, and a new one when it ends', async () => {
    await using proxy = await countingProxy(rabbit.url);
    const connection = new BrokerConnection(parts(() => Promise.resolve(), proxy.url));
    await Promise.all([connection.start(), connection.start()]);
    await connection.start();
    expect(proxy.made()).toBe(1);
    proxy.cut();
    await until(() => Promise.resolve(proxy.made() === 2));
    await until(() => Promise.resolve(proxy.open() === 1));
    await connection.close();
  });
});

test('while a part is away messages wait, and none is lost', async () => {
  const before = (await seen()).totalCount;
  await stack.stop('citizens');
  try {
    await rabbit.publish(QUEUE, [death('dead'), death('every-system'), death('sickness-benefit')]);
    // All three have been taken out of the queue, and none can be acknowledged.
    await until(async () => (await rabbit.waiting(QUEUE)) === 0);
  } finally {
    await stack.start('citizens');
  }
  await until(async () => (await seen()).totalCount === before + 3, 60);
  expect(await rabbit.drain(DEAD_QUEUE)).toEqual([]);
}, 90_000);

test('a broker that goes in the middle of a flood gives every message back: one alert each, none lost', async () => {
  const before = (await seen()).totalCount;
  const messages = Array.from({ length: 60 }, () => death('sickness-benefit'));
  await rabbit.publish(QUEUE, messages);
  await until(async () => (await seen()).totalCount > before + 5);
  await rabbit.kill();
  await rabbit.start();
  await rabbit.publish(QUEUE, messages.slice(0, 10));
  await until(async () => (await seen()).totalCount >= before + 60, 60);
  await until(async () => (await rabbit.waiting(QUEUE)) === 0);
  expect((await seen()).totalCount).toBe(before + 60);
}, 120_000);

test('a consumer that the broker cancels, and a channel it closes, begin anew: what comes after is taken', async () => {
  const before = (await seen()).totalCount;
  await rabbit.remove(QUEUE);
  await rabbit.publish(QUEUE, [death('every-system')]);
  await until(async () => (await seen()).totalCount === before + 1, 60);
}, 90_000);
