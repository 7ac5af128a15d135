import { type LoopbackService, type Reply, startService } from './loopback-service.ts';

/**
 * Answers like the hosts of the feed-reader's feeds: RSS 2.0 (https://www.rssboard.org/rss-specification) and Atom (RFC 4287), with
 * made-up entries. `/bomb.xml` defines entities that stand for gigabytes, `/endless.xml` is far too long.
 *
 * @param only Path of the document that every request is answered with, whatever it asks for.
 */
export function startFeeds(only?: string): Promise<LoopbackService> {
  return startService(({ url }) => DOCUMENTS.get(only ?? url.pathname) ?? { status: 404, body: 'Not Found' });
}

const WORLD_NEWS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title><![CDATA[World news]]></title>
    <link>https://www.bbc.co.uk/news/world</link>
    <description>Made up</description>
    <item>
      <title><![CDATA[Harbour reopens after the storm]]></title>
      <description><![CDATA[Ships return to the <b>harbour</b> &amp; cranes move again.]]></description>
      <link>https://www.bbc.co.uk/news/1</link>
      <guid isPermaLink="false">news-1</guid>
      <pubDate>Sun, 22 Nov 2026 08:15:00 GMT</pubDate>
    </item>
    <item>
      <title>Moon rocks &amp; robots</title>
      <description>A robot comes home.</description>
      <link>javascript:alert(1)</link>
      <pubDate>some day</pubDate>
    </item>
  </channel>
</rss>`;

const RUST_BLOG = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <title>Rust Blog</title>
  <link href="https://blog.rust-lang.org/feed.xml" rel="self" />
  <link href="https://blog.rust-lang.org/" />
  <updated>2026-11-20T00:00:00+00:00</updated>
  <id>https://blog.rust-lang.org/</id>
  <entry>
    <title type="html">A robot arm in Rust</title>
    <link href="/2026/11/20/arm.html" />
    <link href="https://example.org/audio.mp3" rel="enclosure" />
    <published>2026-11-20T01:00:00+01:00</published>
    <updated>2026-11-21T00:00:00+00:00</updated>
    <id>https://blog.rust-lang.org/2026/11/20/arm.html</id>
    <content type="html">&lt;p&gt;How it &lt;em&gt;moves&lt;/em&gt;.&lt;/p&gt;</content>
  </entry>
  <entry>
    <title>Order matters</title>
    <link rel="alternate" href="https://blog.rust-lang.org/2026/10/01/order.html" />
    <updated>2026-10-01T00:00:00Z</updated>
    <id>order</id>
    <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">first <b>second</b> third</div></summary>
  </entry>
</feed>`;

const LATIN = Buffer.from(
  '<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>Caf\u00e9</title></channel></rss>',
  'latin1',
);

const BOMB = `<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "laugh"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss version="2.0"><channel><title>&c;</title></channel></rss>`;

const DOCUMENTS: ReadonlyMap<string, Reply> = new Map([
  ['/news/world/rss.xml', xml('application/rss+xml; charset=utf-8', WORLD_NEWS)],
  ['/feed.xml', xml('application/xml', RUST_BLOG)],
  ['/feed/', xml('text/xml', LATIN)],
  ['/atom.xml', { status: 503, body: 'Down for repairs' }],
  ['/bomb.xml', xml('application/xml', BOMB)],
  [
    '/endless.xml',
    xml('application/xml', `<rss><channel><title>${'x'.repeat(3 * 1024 * 1024)}</title></channel></rss>`),
  ],
]);

function xml(type: string, body: string | Uint8Array): Reply {
  return { headers: { 'content-type': type }, body };
}
