// programs/hello.mjs for workerd, which runs code that answers requests.
// oxlint-disable-next-line import/no-default-export -- workerd asks for one
export default {
  async fetch(request) {
    const input = await request.json();
    return Response.json({ greeting: `Hello, ${input.name}` });
  },
};
