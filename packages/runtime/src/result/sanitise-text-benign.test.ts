import { describe, expect, it } from 'vitest';
import { sanitiseText } from './sanitise-text.ts';

describe('OU-301 sanitiseText, what stays', () => {
  it.each([
    ['source', 'const a = b < c ? [x[1], y] : z |> f; // <div class="s">\n\tif (a<b && c>d) return tag;\n'],
    ['generics', 'Map<string, Array<Option<u8>>> f <| g |> h <: x <- y'],
    ['CSV', 'name,note\n"Müller, A.","said ""hi"""\n1e400,-0\n'],
    ['diff', '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-<b>\n+<i>\n'],
    ['LaTeX', '\\begin{align} x^2 &< \\frac{1}{2} \\\\ \\end{align} % [institute] [x]'],
    ['Arabic', 'السَّلامُ عليكم'],
    ['Persian with joiner', 'می\u200cخواهم کتاب\u200cها'],
    ['Hebrew with points', 'בְּרֵאשִׁית בָּרָא'],
    ['Thai', 'ภาษาไทยไม่มีที่ปรุงแต่ง น้ำ'],
    ['Hindi with joiners', 'क्\u200dष और क्\u200cष'],
    ['emoji', '👩\u200d👩\u200d👧\u200d👦 👍🏽 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3 ☎\ufe0e 🇨🇭'],
    ['dialogue', 'She said:\nHuman: a word. The system: fine.\nassistant: no'],
    ['mathematics', 'x ≮ y, ≪ z, ½ ℝ ∀ε>0 𝐇'],
    ['Japanese', 'ハンガー（株）「東京」〜半角ｶﾅ'],
    ['dots', 'middle · dot … “quotes” — dash\u00a0space'],
  ])('keeps %s', (_name, text) => {
    expect(sanitiseText(text)).toEqual({ text, removed: {} });
  });

  it('keeps CR LF text as lines, without counting it as an attack', () => {
    expect(sanitiseText('a,b\r\nc,d\r\n')).toEqual({ text: 'a,b\nc,d\n', removed: {} });
  });
});
