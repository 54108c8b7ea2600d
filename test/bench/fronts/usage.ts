/** Preloaded into every measured process: answers each message with what the process has used so far. */
process.on('message', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  process.send?.({ cpuMs: (userCPUTime + systemCPUTime) / 1000 });
});

// The client is gone: nobody would end this process any more.
process.on('disconnect', () => process.exit(1));
