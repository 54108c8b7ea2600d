/**
 * @apollo/gateway reports to its maker by default and probes cloud addresses at start. Importing
 * this module before anything of Apollo turns that off in every way of starting; a test holds it.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';

/** Switches of Apollo that would weaken or report; the process refuses to start when one is set. */
const FORBIDDEN = /^APOLLO_(DISABLE_SECURITY_|KEY$|GRAPH_REF$|GRAPH_ID$|SCHEMA_REPORTING|USAGE_REPORTING)/;

const found = Object.keys(process.env).filter((name) => FORBIDDEN.test(name));
if (found.length > 0) {
  console.error(`These environment variables must not be set: ${found.join(', ')}`);
  process.exit(1);
}
