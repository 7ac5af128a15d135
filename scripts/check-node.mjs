/** Fails early on an older Node: Plain JavaScript, because an older Node could not even parse a TypeScript guard. isolated-vm 7 exists for Node 24 and 26 only. */
const MINIMUM = [24, 15];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1])) {
  process.stderr.write(
    `Cannot run with Node ${process.versions.node}: carapace needs Node ${MINIMUM.join('.')} or newer.\n` +
      'The repository brings its own: run `npm ci` without --ignore-scripts, then use npm scripts or npx.\n',
  );
  process.exitCode = 1;
}
