import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const WAIT_MS = 200;
const cell = new Int32Array(new SharedArrayBuffer(4));

function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs `work` while no other process does: programs that are started side by side build once, and nobody's files are deleted
 * under it. A lock left by a dead process is taken over.
 */
export function whileLocked(path, work) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(path);
    // A file without a number is being written this moment.
    if (owner !== undefined && owner !== 0 && !isAlive(owner) && ownerOf(path) === owner)
      rmSync(path, { force: true });
    else Atomics.wait(cell, 0, 0, WAIT_MS);
  }
  try {
    return work();
  } finally {
    rmSync(path, { force: true });
  }
}
