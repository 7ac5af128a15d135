import { XMLParser } from 'fast-xml-parser';

/** An element with its attributes (`@name`), its text (`#text`) and its children. */
export type Element = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // Numbers and dates stay as they were written.
  parseTagValue: false,
  isArray: (name) => LISTS.has(name),
  // Markup inside an entry is text to us, and its order matters.
  stopNodes: ['feed.entry.content[type=xhtml]', 'feed.entry.summary[type=xhtml]', 'feed.entry.title[type=xhtml]'],
});

const LISTS: ReadonlySet<string> = new Set(['item', 'entry', 'link']);

/**
 * Parses an XML document without what makes XML dangerous. A feed needs no entities of its own, so a document that defines
 * some is refused: a few of them can stand for gigabytes ("billion laughs").
 *
 * @throws Error when the text is not well-formed or defines entities
 */
export function parseXml(text: string): Element {
  if (text.includes('<!ENTITY')) throw new Error('The feed defines XML entities, which no feed needs');
  try {
    const document: unknown = parser.parse(text, true);
    return isElement(document) ? document : {};
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    throw new Error(`The feed is not well-formed XML: ${reason}`, { cause: error });
  }
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The children of a name, however many there are. */
export function childrenOf(element: Element, name: string): readonly Element[] {
  const value = element[name];
  return (Array.isArray(value) ? value : [value]).filter(isElement);
}

/** The text of the first child of a name, without its attributes; empty when there is none. */
export function textOf(element: Element, name: string): string {
  const value = element[name];
  const [first] = Array.isArray(value) ? value : [value];
  const text = isElement(first) ? first['#text'] : first;
  return typeof text === 'string' ? text : '';
}
