/** What every peer that runs code in its own process is given, as text: the work of the skill that carapace runs. */
export const SOURCE =
  "((json) => { const input = JSON.parse(json); return JSON.stringify({ greeting: 'Hello, ' + input.name }); })";

const ANSWER = 'Hello, Bern';
const INPUT = JSON.stringify({ name: 'Bern' });

/**
 * Takes samples of `call`, each in ms, and prints them. An answer that is wrong ends the program: a failing call must not pass
 * for a fast one.
 */
export async function measureGreeting(count, warmUp, call) {
  const samples = [];
  for (let index = -warmUp; index < count; index += 1) {
    const startedAt = performance.now();
    const { greeting } = JSON.parse(await call(INPUT));
    const took = performance.now() - startedAt;
    if (greeting !== ANSWER) throw new Error(`Cannot count call: it answered "${greeting}"`);
    if (index >= 0) samples.push(took);
  }
  process.stdout.write(JSON.stringify({ samples }));
}

/** The options that the bench hands over. */
export const options = JSON.parse(process.argv[2] ?? '{}');
