import { Chain, type Link } from './chain.ts';

/** One waiting item and its place. */
export interface Ticket<T> {
  readonly item: T;
}

export type Offer<T> =
  /** `displaced` had to leave for it, because its lane was the longest and at least two longer than the newcomer's. */
  { readonly kind: 'queued'; readonly ticket: Ticket<T>; readonly displaced?: T } | { readonly kind: 'refused' };

interface Entry<T> extends Ticket<T> {
  readonly lane: SkillLane<T>;
  link: Link<Entry<T>> | undefined;
}

interface SkillLane<T> {
  readonly skill: string;
  readonly tenant: TenantLane<T>;
  readonly entries: Chain<Entry<T>>;
  turn: Link<SkillLane<T>> | undefined;
}

interface TenantLane<T> {
  readonly tenant: string;
  readonly skills: Map<string, SkillLane<T>>;
  /** The skills in the order of their turns. */
  readonly turns: Chain<SkillLane<T>>;
  size: number;
  turn: Link<TenantLane<T>> | undefined;
}

/**
 * A bounded queue that is fair between tenants, and within a tenant between skills: turns go round, whatever the number of
 * items somebody has put in. When it is full, the longest lane gives way to a clearly shorter one, so that whoever fills
 * the queue fills it with his own refusals.
 */
export class FairQueue<T> {
  readonly #capacity: number;
  readonly #tenants = new Map<string, TenantLane<T>>();
  readonly #turns = new Chain<TenantLane<T>>();
  /** Places are found by the ticket's identity, so a ticket that was removed, or is of another queue, removes nothing. */
  readonly #entries = new Map<Ticket<T>, Entry<T>>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  offer(tenant: string, skill: string, item: T): Offer<T> {
    if (this.size < this.#capacity) return { kind: 'queued', ticket: this.#append(tenant, skill, item) };
    const victim = this.#victimFor(tenant, skill);
    if (victim === undefined) return { kind: 'refused' };
    this.remove(victim);
    return { kind: 'queued', ticket: this.#append(tenant, skill, item), displaced: victim.item };
  }

  /** Takes an item out because its turn has come: the next turn is another skill's, and another tenant's. */
  serve(ticket: Ticket<T>): void {
    const lane = this.#entries.get(ticket)?.lane;
    this.remove(ticket);
    if (lane !== undefined) this.passTurn(lane.tenant.tenant, lane.skill);
  }

  /** Counts a turn for somebody who was served in another way. */
  passTurn(tenantName: string, skill: string): void {
    const tenant = this.#tenants.get(tenantName);
    const lane = tenant?.skills.get(skill);
    if (tenant !== undefined) moveToEnd(this.#turns, tenant);
    if (tenant !== undefined && lane !== undefined) moveToEnd(tenant.turns, lane);
  }

  /** The oldest of each skill of each tenant. */
  *heads(): Generator<{ readonly tenant: string; readonly skill: string; readonly item: T }, undefined> {
    for (const { tenant, turns } of this.#turns.values()) {
      for (const { skill, entries } of turns.values()) {
        for (const { item } of entries.values()) {
          yield { tenant, skill, item };
          break;
        }
      }
    }
    return undefined;
  }

  /** Takes an item out that does not wait any more. Turns stay as they are. */
  remove(ticket: Ticket<T>): void {
    const entry = this.#entries.get(ticket);
    if (entry?.link === undefined) return;
    const { lane } = entry;
    const { tenant } = lane;
    this.#entries.delete(ticket);
    lane.entries.remove(entry.link);
    tenant.size -= 1;
    if (lane.entries.length === 0) {
      tenant.skills.delete(lane.skill);
      leave(tenant.turns, lane);
    }
    if (tenant.size === 0) {
      this.#tenants.delete(tenant.tenant);
      leave(this.#turns, tenant);
    }
  }

  /** All tickets in the order in which they would be served now. The ticket the walk stands on may be served or removed. */
  inTurn(): Generator<Ticket<T>, undefined> {
    return roundRobin([...this.#turns.values()], ({ turns }) =>
      roundRobin([...turns.values()], ({ entries }) => entries.values()),
    );
  }

  #append(tenant: string, skill: string, item: T): Entry<T> {
    const lane = this.#laneOf(tenant, skill);
    const entry: Entry<T> = { item, lane, link: undefined };
    entry.link = lane.entries.append(entry);
    lane.tenant.size += 1;
    this.#entries.set(entry, entry);
    return entry;
  }

  #laneOf(tenantName: string, skill: string): SkillLane<T> {
    const tenant = this.#tenantOf(tenantName);
    const known = tenant.skills.get(skill);
    if (known !== undefined) return known;
    const lane: SkillLane<T> = { skill, tenant, entries: new Chain(), turn: undefined };
    lane.turn = tenant.turns.append(lane);
    tenant.skills.set(skill, lane);
    return lane;
  }

  #tenantOf(name: string): TenantLane<T> {
    const known = this.#tenants.get(name);
    if (known !== undefined) return known;
    const tenant: TenantLane<T> = {
      tenant: name,
      skills: new Map(),
      turns: new Chain(),
      size: 0,
      turn: undefined,
    };
    tenant.turn = this.#turns.append(tenant);
    this.#tenants.set(name, tenant);
    return tenant;
  }

  /** The newest of the longest tenant, or of the longest skill of the same tenant, if that one is longer by two or more. */
  #victimFor(tenantName: string, skill: string): Entry<T> | undefined {
    const own = this.#tenants.get(tenantName);
    const longest = longestOf(this.#turns, ({ size }) => size);
    if (longest === undefined) return undefined;
    const hasMore = longest.size - (own?.size ?? 0) >= 2;
    const tenant = hasMore ? longest : own;
    const lane = tenant && longestOf(tenant.turns, ({ entries }) => entries.length);
    if (lane === undefined) return undefined;
    const ownLength = own?.skills.get(skill)?.entries.length ?? 0;
    return hasMore || lane.entries.length - ownLength >= 2 ? lane.entries.last : undefined;
  }
}

interface Turning<Lane> {
  turn: Link<Lane> | undefined;
}

function leave<Lane extends Turning<Lane>>(turns: Chain<Lane>, lane: Lane): void {
  if (lane.turn !== undefined) turns.remove(lane.turn);
  lane.turn = undefined;
}

function moveToEnd<Lane extends Turning<Lane>>(turns: Chain<Lane>, lane: Lane): void {
  if (lane.turn === undefined) return;
  turns.remove(lane.turn);
  lane.turn = turns.append(lane);
}

/** Of equally long ones the one whose turn comes last. */
function longestOf<Lane>(lanes: Chain<Lane>, sizeOf: (lane: Lane) => number): Lane | undefined {
  let longest: Lane | undefined;
  for (const lane of lanes.values()) {
    if (longest === undefined || sizeOf(lane) >= sizeOf(longest)) longest = lane;
  }
  return longest;
}

/** One value of each lane in turn, until all are empty. No lane is looked at before its first turn: most walks are short. */
function* roundRobin<Lane, T>(
  lanes: readonly Lane[],
  valuesOf: (lane: Lane) => Iterator<T, undefined>,
): Generator<T, undefined> {
  let round: Iterator<T, undefined>[] = [];
  for (const lane of lanes) {
    const values = valuesOf(lane);
    const first = values.next();
    if (first.done === true) continue;
    round.push(values);
    yield first.value;
  }
  while (round.length > 0) {
    const rest: Iterator<T, undefined>[] = [];
    for (const values of round) {
      const next = values.next();
      if (next.done === true) continue;
      rest.push(values);
      yield next.value;
    }
    round = rest;
  }
  return undefined;
}
