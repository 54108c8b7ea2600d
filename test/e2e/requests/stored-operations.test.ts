import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { operationId } from '../../../schema/operation-id.js';
import { OVERVIEW, SEARCH, startAllInOne, type Stack } from '../../kit/stack.js';

/** Where only stored operations are answered, as production does unless the operator says otherwise. */
let stack: Stack;
beforeAll(async () => {
  stack = await startAllInOne({ settings: { GRAPHQL_OPERATIONS: 'stored' } });
}, 60_000);
afterAll(() => stack[Symbol.asyncDispose]());

const send = async (body: object) => {
  const response = await fetch(`${stack.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await stack.token('benefit-caseworker')}`,
    },
    body: JSON.stringify(body),
  });
  const { errors = [], data } = (await response.json()) as { errors?: any[]; data?: any };
  return { status: response.status, errors, data };
};

test.each([
  ['a document of one’s own', { query: '{ me { user } }' }],
  ['the text of a stored operation', { query: SEARCH, variables: { criteria: { name: 'anna' } } }],
  ['the smallest of all', { query: '{ __typename }' }],
])('%s is refused, with the rule', async (_what, body) => {
  const answer = await send(body);
  expect([answer.status, answer.errors.map((error) => error.extensions)]).toEqual([
    400,
    [
      {
        code: 'OPERATION_NOT_STORED',
        requestId: expect.any(String),
        field: 'query',
        rule: 'a stored operation, by documentId',
      },
    ],
  ]);
});

test('a stored operation is answered by its id', async () => {
  const answer = await send({
    documentId: operationId(OVERVIEW),
    operationName: 'CitizenOverview',
    variables: { id: stack.story('dead').citizenId },
  });
  expect([answer.status, answer.errors]).toEqual([200, []]);
  expect(answer.data.citizen.id).toBe(stack.story('dead').citizenId);
});

test('no text beside the id takes its place', async () => {
  const variables = { criteria: { name: 'Jeppe Aftenrød' } };
  const answer = await send({ documentId: operationId(SEARCH), query: '{ me { user } }', variables });
  expect(Object.keys(answer.data)).toEqual(['searchCitizens']);
});
