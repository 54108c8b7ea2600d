import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';

export interface Program {
  readonly url: string;
  readonly directory: string;
  readonly stop: () => void;
}

/** Starts an all-in-one with the default seed, as `npm start` does, and waits until it is ready. */
export async function startProgram(): Promise<Program> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const directory = mkdtempSync(join(tmpdir(), 'overblik-bench-web-'));
  const program = spawn(process.execPath, ['dist/programs/gateway.js'], {
    env: {
      ...process.env,
      OVERBLIK_MODE: 'development',
      DATA_DIR: directory,
      PORT: String(port),
      SAML_DEVELOPMENT_PORT: '0',
      OPERATIONS_PORT: '0',
      LOG_LEVEL: 'silent',
    },
    stdio: 'ignore',
  });
  const stop = () => {
    program.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  };
  while (!(await fetch(`${url}/health/ready`).catch(() => undefined))?.ok) {
    if (program.exitCode !== null) throw new Error('the program has ended');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url, directory, stop };
}
