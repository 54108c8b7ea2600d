import { calculateObjectSize } from 'bson';
import type { MongoClient } from 'mongodb';
import { counted } from './usage.js';

/** Watching commands costs time, so a front does it only in a process that is not timed. */
export const countsCommands = process.env['COUNT_COMMANDS'] === 'yes';

/** Counts every command of a client that was opened with `monitorCommands`, and the bytes of its body. */
export function countCommands(client: MongoClient): void {
  if (!countsCommands) return;
  client.on('commandStarted', ({ commandName, command, databaseName }) => {
    const name = `${commandName} ${databaseName}.${String(command[commandName])}`;
    counted.commands[name] = (counted.commands[name] ?? 0) + 1;
    counted.bytes += calculateObjectSize(command);
  });
}
