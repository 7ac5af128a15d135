// programs/hello.mjs for workerd, which runs code that answers requests.
export default {
  async fetch(request) {
    const input = await request.json();
    return Response.json({ greeting: `Hello, ${input.name}` });
  },
};
