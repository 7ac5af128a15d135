import { fileURLToPath } from 'node:url';
import {
  type ApprovalRequest,
  createMemorySink,
  createRuntime,
  environment,
  type MemorySink,
  type Runtime,
  type SkillHandle,
} from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY, startGitHub } from '../../../services/github.ts';
import type { LoopbackService } from '../../../services/loopback-service.ts';

const ISSUES = fileURLToPath(new URL('..', import.meta.url));
const TOKEN = 'ghp-only-the-host-knows-this-4711';

describe('github-issues in the jailed worker, on a service that stands in for GitHub', () => {
  let service: LoopbackService;
  let audit: MemorySink;
  let runtime: Runtime;
  let issues: SkillHandle;
  const asked: ApprovalRequest[] = [];
  let agrees = true;

  beforeAll(async () => {
    service = await startGitHub(TOKEN);
    audit = createMemorySink();
    runtime = await createRuntime({
      audit,
      spares: 1,
      network: { routes: { 'https://api.github.com': service.origin } },
      secrets: [environment({ names: ['GITHUB_TOKEN'] }, { environment: { GITHUB_TOKEN: TOKEN } })],
      approve: async (request) => {
        asked.push(request);
        return agrees;
      },
    });
    issues = await runtime.load(ISSUES, { permissions: 'declared' });
  });
  afterAll(async () => {
    await runtime.close();
    await service[Symbol.asyncDispose]();
  });

  it('lists, searches and reads issues with a token that it never has', async () => {
    const listed = await issues.call('list', { repository: REPOSITORY });
    expect(listed.structured).toMatchObject({ issues: [{ number: 1 }, { number: 2 }] });
    const found = await issues.call('search', { words: 'opening hours', repository: REPOSITORY });
    expect(found.structured).toMatchObject({ issues: [{ number: 2 }], total: 1 });
    const read = await issues.call('read', { repository: REPOSITORY, number: 1 });
    expect(read.structured).toMatchObject({ title: 'Riving knife of the table saw is bent', cut: false });

    expect(new Set(service.requests.map(({ headers }) => headers['authorization']))).toEqual(
      new Set([`Bearer ${TOKEN}`]),
    );
  });

  it('files an issue after a person agreed, and not without', async () => {
    const input = { repository: REPOSITORY, title: 'Saw is blunt', body: 'Very.' };
    asked.length = 0;
    agrees = false;
    const refused = await issues.call('create', input);
    agrees = true;
    const created = await issues.call('create', input);

    expect(refused.isError).toBe(true);
    expect(created.structured).toMatchObject({ title: 'Saw is blunt', state: 'open' });
    expect(asked.map(({ tool, inputJson }) => [tool, JSON.parse(inputJson)])).toEqual([
      ['create', input],
      ['create', input],
    ]);
    expect(service.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('gets a token that the service repeats taken out of the answer, and out of everything else', async () => {
    const result = await issues.call('read', { repository: REPOSITORY, number: 5 });

    expect(result.isError).toBe(false);
    expect(result.structured).toMatchObject({
      body: expect.stringContaining('authorization: Bearer [redacted:GITHUB_TOKEN]'),
    });
    expect(JSON.stringify([result, audit.events()])).not.toContain(TOKEN);
  });

  it('does not follow a repository that was moved, and says so', async () => {
    const result = await issues.call('list', { repository: 'harbour-lane/old-tools' });

    expect(result.content[0]?.text).toContain('the repository was renamed or moved');
  });

  it('tells the model who can help when the secret was not granted', async () => {
    const { permissions } = issues.manifest;
    await using poor = await runtime.load(ISSUES, { permissions: { ...permissions, secrets: [] } });
    const result = await poor.call('list', { repository: REPOSITORY });

    expect(result.content[0]?.text).toContain('the operator gave no GITHUB_TOKEN');
  });
});

describe.runIf(process.env['CARAPACE_LIVE'] === '1')('github-issues on the real GitHub', () => {
  it('lists issues of a busy repository', async () => {
    const secrets = [environment({ names: ['GITHUB_TOKEN'] })];
    await using runtime = await createRuntime({ spares: 0, secrets });
    await using issues = await runtime.load(ISSUES, { permissions: 'declared' });
    const result = await issues.call('list', { repository: 'nodejs/node' });

    expect(result.structured).toMatchObject({ issues: expect.arrayContaining([expect.anything()]) });
  });
});
