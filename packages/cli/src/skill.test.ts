import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineSkill, type Skill, type SkillContext, type SkillProgress } from './skill.ts';

const context: SkillContext = {
  signal: new AbortController().signal,
  callId: 'toolu_01',
  tool: 'greet',
  log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  progress: () => {},
  partial: () => {},
  secrets: {},
};

describe('defineSkill', () => {
  it('returns the very object it was given', () => {
    const skill = { tools: { greet: { run: (input: { name: string }) => input.name } } };

    expect(defineSkill(skill)).toBe(skill);
  });

  it('infers the input of each tool from its annotation', () => {
    const skill = defineSkill({
      tools: {
        greet: { run: (input: { name: string }) => `Hello ${input.name}` },
        add: { run: async (input: { a: number; b: number }) => input.a + input.b },
      },
    });

    expectTypeOf(skill).toEqualTypeOf<Skill<{ greet: { name: string }; add: { a: number; b: number } }>>();
    expectTypeOf<Parameters<typeof skill.tools.greet.run>[0]>().toEqualTypeOf<{ name: string }>();
    expect(skill.tools.greet.run({ name: 'Ada' }, context)).toBe('Hello Ada');
  });

  it('types the context without an annotation', () => {
    defineSkill({
      tools: {
        greet: {
          run(_input: { name: string }, given) {
            expectTypeOf(given).toEqualTypeOf<SkillContext>();
            expectTypeOf(given.signal).toEqualTypeOf<AbortSignal>();
            expectTypeOf(given.callId).toEqualTypeOf<string>();
            expectTypeOf(given.tool).toEqualTypeOf<string>();
          },
        },
      },
    });
  });

  it('types progress and partial text, which may be taken out of the context', () => {
    defineSkill({
      tools: {
        greet: {
          run(_input: { name: string }, { progress, partial }) {
            progress('connecting');
            progress({ progress: 1, total: 2, message: 'half' });
            partial('Hello');
            // @ts-expect-error -- a figure alone says nothing about its total
            progress(0.5);
            // @ts-expect-error -- a typo
            progress({ progres: 1 });
            // @ts-expect-error -- text only
            partial({ text: 'Hello' });
          },
        },
      },
    });
    expectTypeOf<SkillContext['progress']>().parameter(0).toEqualTypeOf<SkillProgress | string>();
  });

  it('takes the inputs as a type argument as well', () => {
    defineSkill<{ greet: { name: string } }>({
      tools: { greet: { run: (input) => expectTypeOf(input).toEqualTypeOf<{ name: string }>() } },
    });
  });

  it('treats an input without annotation as unknown, so that it has to be looked at first', () => {
    defineSkill({ tools: { greet: { run: (input) => expectTypeOf(input).toBeUnknown() } } });
  });

  it('refuses a tool without a run function', () => {
    // @ts-expect-error -- a tool is an object with `run`
    defineSkill({ tools: { greet: { execute: () => 1 } } });
    // @ts-expect-error -- `run` must be a function
    defineSkill({ tools: { greet: { run: 'now' } } });
    // @ts-expect-error -- a skill has tools
    defineSkill({});
  });
});
