import { expect, test } from '@jest/globals';
import { userWord } from '../../../gateway/sessions/user-name.js';

test('a user has one word, sixteen characters long, and nobody else has it', () => {
  const word = userWord({ cvr: '12345678', subject: 'user' });
  expect(word).toMatch(/^[\w-]{16}$/);
  expect(userWord({ cvr: '12345678', subject: 'user' })).toBe(word);
  expect(userWord({ cvr: '12345678', subject: 'other' })).not.toBe(word);
  expect(userWord({ cvr: '23456780', subject: 'user' })).not.toBe(word);
});
