// Loaded with --import: every connection or look-up that leaves 127.0.0.1 is printed and refused.
import dns from 'node:dns';
import net from 'node:net';

const LOCAL = new Set(['127.0.0.1', 'localhost', '::1', undefined, '']);
const report = (what) => process.stderr.write(`EGRESS ${what}\n`);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = typeof options === 'object' ? options.host : typeof args[1] === 'string' ? args[1] : undefined;
  if (options?.path === undefined && !LOCAL.has(host)) {
    report(`connect ${host}`);
    process.nextTick(() => this.destroy(new Error('egress refused')));
    return this;
  }
  return connect.apply(this, args);
};

const lookup = dns.lookup;
dns.lookup = function (host, ...rest) {
  if (!LOCAL.has(host)) report(`lookup ${host}`);
  return lookup.call(this, host, ...rest);
};
