// What a skill would be without carapace: a process per call, input in its arguments, one JSON value on standard output.
const input = JSON.parse(process.argv[2] ?? '{}');
process.stdout.write(JSON.stringify({ greeting: `Hello, ${input.name}` }));
